"""Read a report's page, strictly, and print what is in it as one JSON object.

usage: page.py FILE

  summary   the JSON object of its <script>
  data      [key, value, text] of each <data> and <time> with a key
  text      all of its text, without that of <style> and <script>
  elements  names of its elements, and attributes "element.attribute"
  leads     values of attributes that lead anywhere

Elements must be closed in their order, and nothing may be declared twice.
"""

import html.parser
import json
import sys

VOID = {"meta", "br"}
LEADS = {"href", "src", "srcset", "action", "formaction", "poster", "data",
         "xlink:href", "background", "ping", "manifest", "style"}


class Page(html.parser.HTMLParser):
    """What there is, as it comes."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.elements, self.leads, self.ids = [], set(), [], set()
        self.data, self.text, self.json, self.rows = [], [], "", 0
        self.comments = []

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            sys.exit(f"page.py: error: twice the same attribute: {attrs}")
        for name, value in attrs:
            self.elements.add(f"{tag}.{name}")
            if name in LEADS:
                self.leads.append(value)
            if name == "id":
                if value in self.ids:
                    sys.exit(f"page.py: error: twice the same id: {value}")
                self.ids.add(value)
        attrs = dict(attrs)
        if "data-key" in attrs:
            value = attrs.get("value", attrs.get("datetime"))
            self.data.append([attrs["data-key"], value, ""])
        if tag not in VOID:
            self.open.append((tag, "data-key" in attrs))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop()[0] != tag:
            sys.exit(f"page.py: error: </{tag}> is out of order")

    def handle_comment(self, data):
        self.comments.append(data)

    def handle_data(self, data):
        tag, is_keyed = self.open[-1] if self.open else ("", False)
        if tag == "script":
            self.json += data
        elif tag != "style":
            self.text.append(data)
        if is_keyed:
            self.data[-1][2] += data


def main():
    page = Page()
    with open(sys.argv[1], encoding="utf-8") as file:
        page.feed(file.read())
    page.close()
    if page.open:
        sys.exit(f"page.py: error: not closed: {page.open}")
    print(json.dumps({
        "summary": json.loads(page.json), "data": page.data,
        "text": "".join(page.text), "elements": sorted(page.elements),
        "leads": page.leads, "comments": page.comments}))


main()
