import sys
from packaging.version import InvalidVersion, Version
for line in sys.stdin:
    try:
        left, right = map(Version, line.split())
        print("<" if left < right else ">" if left > right else "=")
    except InvalidVersion:
        print("!")
