namespace OssRuntime.Operator.Resources;

/// <summary>
/// How many bytes of JSON an object may take. Lines are taken in order of urgency as long as they fit; what is left out is counted.
/// </summary>
internal sealed class ReportBudget(int bytes)
{
    /// <summary>The default for one object: 100 KiB.</summary>
    public const int DefaultBytes = 100 * 1024;

    /// <summary>No object is allowed more, whatever the options say: 256 KiB, a sixth of what etcd takes.</summary>
    public const int HardBytes = 256 * 1024;

    // Metadata that the server adds, managed fields above all, and the status.
    private const int Reserve = 4 * 1024;

    private int _left = Math.Min(bytes, HardBytes) - Reserve;

    /// <summary>Counts what the object holds besides its lines.</summary>
    public void Spend(int bytes) => _left -= bytes;

    /// <summary>Takes a line if it fits. Managed fields do not name the entries of a list, so that a line costs itself alone.</summary>
    public bool TryTake(string line)
    {
        var cost = System.Text.Json.JsonEncodedText.Encode(line).EncodedUtf8Bytes.Length + 3;
        if (cost > _left)
        {
            return false;
        }

        _left -= cost;
        return true;
    }
}
