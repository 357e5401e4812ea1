"""What the site adds to docs/: pages at the top of the repository, the files that pages link to, and drawings that follow the site's colours."""
import os
import posixpath
import re
import subprocess

from mkdocs.structure.files import File

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Pages of the site that stand elsewhere in the repository.
TOP = {"README.md": "about.md", "ARCHITECTURE.md": "ARCHITECTURE.md", "CONTRIBUTING.md": "CONTRIBUTING.md", "SECURITY.md": "SECURITY.md",
       "CHANGELOG.md": "CHANGELOG.md", "examples/README.md": "examples.md"}
LINK = re.compile(r"\]\(([^)\s#]+)(#[^)\s]*)?\)")
LANGUAGES = {".c": "c", ".h": "c", ".py": "python", ".rs": "rust", ".sh": "sh", ".yml": "yaml", ".toml": "toml"}


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def source_of(page):
    """The path in the repository of a page of the site."""
    return next((path for path, name in TOP.items() if name == page), "docs/" + page)


def page_of(path):
    """The page of the site that shows a path of the repository."""
    if path in TOP:
        return TOP[path]
    return path[len("docs/"):] if path.startswith("docs/") else f"source/{path.strip('/')}.md"


def target(source, link):
    """The path that a link in a file leads to; None for an address elsewhere."""
    if re.match(r"[a-z]+:", link):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), link))
    readme = posixpath.join(path, "README.md")
    return readme if readme in TOP else path


def shown(path):
    """The page for a file or a folder that is no page of documentation."""
    if os.path.isdir(os.path.join(ROOT, path)):
        names = subprocess.run(["git", "ls-files", path], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
        text = "".join(f"    {name}\n" for name in names)
    else:
        text = f"```` {LANGUAGES.get(posixpath.splitext(path)[1], 'text')}\n{read(path)}\n````\n"
    return f"---\nsearch:\n  exclude: true\n---\n# {path}\n\n{text}"


def on_config(config):
    """Pages that are not there are left out of the list, and pages that it lacks are added to the instructions."""
    there = {name for name in os.listdir(config.docs_dir) if name.endswith(".md")} | set(TOP.values())
    named = set()

    def kept(items):
        for item in items:
            (title, content), = item.items()
            if isinstance(content, list):
                yield {title: list(kept(content))}
            elif content in there:
                named.add(content)
                yield item

    config.nav = list(kept(config.nav))
    how_to = next(item["How to"] for item in config.nav if "How to" in item)
    how_to += [{read("docs/" + name).partition("\n")[0].lstrip("# "): name} for name in sorted(there - named - set(TOP.values()))]
    return config


def on_files(files, config):
    pages = {**{source: name for source, name in TOP.items()}, **{"docs/" + file.src_uri: None for file in files.documentation_pages()}}
    for source, name in TOP.items():
        files.append(File.generated(config, name, content=read(source)))
    linked = {target(source, link) for source in pages for link, _ in LINK.findall(read(source))} - {None}
    for path in sorted(linked):
        if path not in TOP and not path.startswith("docs/") and os.path.exists(os.path.join(ROOT, path)):
            files.append(File.generated(config, page_of(path), content=shown(path)))
    return files


def on_page_markdown(markdown, page, config, files):
    here = page.file.src_uri
    if here.startswith("source/"):
        return markdown
    source = source_of(here)

    def rewritten(match):
        path = target(source, match[1])
        if path is None:
            return match[0]
        return f"]({posixpath.relpath(page_of(path), posixpath.dirname(here) or '.')}{match[2] or ''})"

    return LINK.sub(rewritten, markdown)


def on_page_content(html, page, config, files):
    # Drawings stand in the page itself, so that they have its colours.
    return re.sub(r'<img [^>]*src="(exchange-[\w-]+\.svg)"[^>]*>', lambda match: read("docs/" + match[1]), html)
