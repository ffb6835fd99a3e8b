# Small, for the registry that asks for credentials.
from base
python_package "$root/usr/local/lib/python3.11/dist-packages" shop-billing 2.3.1 Proprietary
python_package "$root/usr/local/lib/python3.11/dist-packages" Jinja2 2.10 BSD
layer 'COPY billing /usr/local'
