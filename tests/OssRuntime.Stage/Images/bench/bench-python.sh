# 2 GB and 100,000 entries: Debian's Python packages, some of pip's, a virtual environment, thousands of whiteouts.
from bench-base
install_of python3 $(printf 'python3-%s ' aiohttp alembic attr babel bleach boto3 botocore bs4 celery certifi cffi chardet click cryptography \
  dask dateutil django docker docutils fastapi flask gevent graphviz greenlet gunicorn h5py html5lib httplib2 httpx ipython jinja2 \
  jsonschema jwt keyring kombu kubernetes ldap3 lxml mako markdown matplotlib mock msgpack networkx nltk nose notebook numpy oauthlib \
  openpyxl openssl packaging pandas paramiko pbr pexpect pil pip ply prettytable protobuf psutil psycopg2 pyasn1 pycurl pydantic pygments \
  pyinotify pymysql pyparsing pystache pytest redis regex requests routes rsa scipy scrapy selenium service-identity setuptools simplejson \
  six sphinx sqlalchemy sqlparse stevedore sympy tabulate tempita toml tornado tqdm twisted typing-extensions tz tzlocal ujson uritemplate \
  urllib3 uvicorn venv virtualenv webob websockets werkzeug wheel wrapt xlrd xmltodict yaml zeep zmq zope.interface)
layer 'apt-get install python3-*'
site=$root/usr/local/lib/python3.11/dist-packages
for package in Django:2.2.0 Flask:0.12.2 PyYAML:5.1 requests:2.19.0 urllib3:1.24.1 Jinja2:2.10 cryptography:2.2 numpy:1.16.0 \
  my-private-lib:0.1.dev3 zope.interface:4.0.0; do
  python_package "$site" "${package%:*}" "${package#*:}"
done
inside python3 -m venv /opt/venv >>"$work/apt.log"
find "$root" -name __pycache__ -prune -exec rm -rf {} +
layer 'pip install'
rm -rf "$site"/numpy*
layer 'pip uninstall numpy'
