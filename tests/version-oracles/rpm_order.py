import sys, rpm
def parts(text):
    epoch, colon, rest = text.partition(":")
    epoch, rest = (epoch, rest) if colon and epoch.isdigit() else ("0", text)
    version, dash, release = rest.rpartition("-")
    return (epoch, version, release) if dash else (epoch, rest, None)
for line in sys.stdin:
    left, right = line.split()
    try:
        print("<=>"[rpm.labelCompare(parts(left), parts(right)) + 1])
    except ValueError:
        print("!")
