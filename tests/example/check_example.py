"""Check the example: gold against the sources (check_gold.py), then every quote against what readers get from the files.

Usage: python check_example.py SOURCES OUTDIR
"""
import email, email.policy, io, json, pathlib, re, shutil, subprocess, sys, tempfile
import pypdfium2
from docx import Document
from docx2python import docx2python

src, out = map(pathlib.Path, sys.argv[1:])
gold = json.loads((src/"gold.json").read_text("utf-8"))
squeeze = lambda s: re.sub(r"[\s>]+", "", s)

def body(path):
    t = (src/path).with_suffix("") if False else src/(re.sub(r"\.[a-z]+$", "", path)+".txt")
    text = t.read_text("utf-8")
    if path.endswith("老宅钥匙交接.eml"): text += (src/"附件/云古管函〔2024〕25号.txt").read_text("utf-8")
    return text

def docx_text(data):
    with docx2python(io.BytesIO(data)) as d: return d.text
def read(path):
    data = (out/path).read_bytes(); kind = path.rsplit(".", 1)[1]
    if kind == "docx": return docx_text(data)
    if kind == "pdf": return "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(data))
    if kind == "eml":
        msg = email.message_from_bytes(data, policy=email.policy.default); text = ""
        if b"8bit" in data: return data.decode("gb18030")
        print("   ", msg["From"], "|", msg["Subject"], "|", [a.get_filename() for a in msg.iter_attachments()])
        text = msg.get_body().get_content()
        for a in msg.iter_attachments(): text += docx_text(a.get_payload(decode=True))
        return text
    for enc in ("utf-16",) if data[:2] == b"\xff\xfe" else ("utf-8", "gb18030"):
        try: return data.decode(enc)
        except UnicodeDecodeError: pass

with tempfile.TemporaryDirectory() as tmp:
    root = pathlib.Path(tmp)/"example"
    for d in gold["documents"]:
        p = root/"corpus"/d["file"]; p.parent.mkdir(parents=True, exist_ok=True); p.write_text(body(d["file"]), "utf-8")
    shutil.copy(src/"gold.json", root)
    subprocess.run([sys.executable, "/work/shared/tools/check_gold.py", str(root)])
texts = {d["file"]: squeeze(read(d["file"])) for d in gold["documents"]}
quotes = [x for r in gold["requests"] for x in [r, *r.get("also", []), *r["events"]]] + gold["measures"] + gold["acts"] + [o for d in gold["disagreements"] for o in d["occasions"]]
bad = {(q["file"], q["quote"]) for q in quotes if squeeze(q["quote"]) not in texts[q["file"]]}
print(len(quotes), "quotes,", len(bad), "not found in what readers return"); [print("  -", *b) for b in sorted(bad)]
