"""Makes the wheel: wheel.py FOLDER VERSION TAGS WHEEL

Packs what stands in FOLDER (sqlite_kefu/, METADATA, LICENSE) into the file WHEEL. The standard library
alone, and a fixed order, time and mode of the files: the same input makes the same bytes.
"""

import base64
import hashlib
import os
import sys
import time
import zipfile

folder, version, tags, wheel = sys.argv[1:]
info = f"sqlite_kefu-{version}.dist-info"
made = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
python, abi, platforms = tags.split("-")


def read(name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


contents = {f"sqlite_kefu/{name}": read(f"sqlite_kefu/{name}") for name in sorted(os.listdir(f"{folder}/sqlite_kefu"))}
contents[f"{info}/LICENSE"] = read("LICENSE")
contents[f"{info}/METADATA"] = read("METADATA")
contents[f"{info}/WHEEL"] = (
    "Wheel-Version: 1.0\nGenerator: kefu\nRoot-Is-Purelib: false\n"
    + "".join(f"Tag: {python}-{abi}-{platform}\n" for platform in platforms.split("."))
).encode()
record = ""
for name, content in contents.items():
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    record += f"{name},sha256={digest},{len(content)}\n"
contents[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()

with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for name, content in contents.items():
        entry = zipfile.ZipInfo(name, made)
        entry.external_attr = 0o100644 << 16
        entry.create_system = 3
        archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
