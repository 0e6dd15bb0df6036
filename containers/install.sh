#!/bin/sh
# Installs a hashed requirements file into /opt/venv, without pip in it, and without what only a developer needs.
set -eu
python3 -m venv --without-pip /opt/venv
python3 -m venv /tmp/installer
/tmp/installer/bin/pip --python /opt/venv/bin/python3 install --quiet --no-cache-dir --no-compile --no-deps \
    --only-binary :all: --require-hashes -r "$1"
cd /opt/venv/lib/python3.*/site-packages
for package in numpy scipy pandas sklearn statsmodels matplotlib numba pyarrow; do
    [ ! -d "$package" ] || find "$package" -type d \( -name tests -o -name include \) -prune -exec rm -rf {} +
done
# Debug symbols and headers make up most of what is left over in wheels.
find . -name '*.pyi' -delete
python3 -m compileall -q -j 0 . || true
