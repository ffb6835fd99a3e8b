using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Sboms.Reading;

namespace OssRuntime.Inventory.Sboms.CycloneDx;

/// <summary>
/// Ends an XML document in which one text, attribute or CDATA section goes on for too long: the reader would hold all of it at once. What is counted
/// is how far the last <c>&lt;</c> lies back, and inside CDATA the section's start.
/// </summary>
internal sealed class XmlRunGuard(Stream document, int longestRun) : ReadOnlyStream
{
    private const string CDataStart = "<![CDATA[";
    private const string CDataEnd = "]]>";

    private int _run;
    private int _matched;
    private bool _isCData;

    public override int Read(Span<byte> buffer)
    {
        var read = document.Read(buffer);
        foreach (var b in buffer[..read])
        {
            Count(b);
        }

        return _run <= longestRun ? read : throw new SbomBrokenException($"a value has more than {longestRun} bytes");
    }

    private void Count(byte b)
    {
        _run = b == '<' && !_isCData ? 0 : _run + 1;
        var mark = _isCData ? CDataEnd : CDataStart;
        if (b == mark[_matched])
        {
            _matched++;
        }
        else if (!(_isCData && b == ']' && _matched == 2))
        {
            _matched = b == mark[0] ? 1 : 0;
        }

        if (_matched == mark.Length)
        {
            (_matched, _isCData) = (0, !_isCData);
        }
    }
}
