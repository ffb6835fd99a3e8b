# Python from Debian (egg-info), from pip below /usr/local (dist-info) and in a virtual environment; some of it old.
from base
install python3 python3-venv $(printf 'python3-%s ' aiohttp attr babel certifi cffi chardet click cryptography dateutil flask httpx \
  jinja2 jsonschema jwt lxml markdown mako packaging paramiko pil pygments pymysql redis requests simplejson six sqlalchemy toml \
  tornado twisted typing-extensions tz urllib3 werkzeug wrapt yaml)
layer 'apt-get install python3 python3-*'
site=$root/usr/local/lib/python3.11/dist-packages
python_package "$site" Django 2.2.0 BSD-3-Clause
python_package "$site" requests 2.19.0 'Apache 2.0'
python_package "$site" PyYAML 5.1
python_package "$site" urllib3 1.24.1
python_package "$site" Jinja2 2.10 BSD
python_package "$site" Pillow 8.1.0 HPND
python_package "$site" Flask-Cors 3.0.8
python_package "$site" zope.interface 4.0.0 ZPL-2.1
python_package "$site" shop-pricing 0.1.dev3 Proprietary
python_package "$site" numpy 1.16.0 BSD
layer 'pip install -r requirements.txt'
inside python3 -m venv /opt/venv
python_package "$root/opt/venv/lib/python3.11/site-packages" aiohttp 3.8.1 'Apache 2'
python_package "$root/opt/venv/lib/python3.11/site-packages" certifi 2022.9.24 MPL-2.0
python_package "$root/opt/venv/lib/python3.11/site-packages" gunicorn 20.0.4
find "$root" -name __pycache__ -prune -exec rm -rf {} +
layer 'python3 -m venv /opt/venv; pip install aiohttp certifi gunicorn'
rm -rf "$site"/numpy "$site"/numpy-1.16.0.dist-info
layer 'pip uninstall numpy'
