namespace OssRuntime.Inventory.RootFileSystems;

/// <summary>
/// The mount points that a walk must not enter (proc(5), "mountinfo"): views of the kernel, other machines' disks, and the merged
/// root file systems of other containers. Real disks are entered: <c>/usr</c> may be one.
/// </summary>
internal sealed class MountTable
{
    private const string Table = "/proc/self/mountinfo";

    private static readonly HashSet<string> Foreign = new(StringComparer.Ordinal)
    {
        "proc", "sysfs", "devtmpfs", "devpts", "tmpfs", "ramfs", "cgroup", "cgroup2", "mqueue", "debugfs", "tracefs", "securityfs", "pstore",
        "bpf", "configfs", "fusectl", "hugetlbfs", "binfmt_misc", "autofs", "rpc_pipefs", "nsfs", "efivarfs", "selinuxfs", "overlay", "aufs",
        "nfs", "nfs4", "cifs", "smb3", "ceph", "glusterfs", "lustre", "afs", "9p", "virtiofs", "squashfs", "iso9660",
    };

    private readonly HashSet<string> _foreign;

    private MountTable(HashSet<string> foreign) => _foreign = foreign;

    /// <summary>The table of this machine; where it has none, only the kernel's views by their usual names.</summary>
    public static MountTable OfThisMachine()
    {
        try
        {
            return Parse(File.ReadLines(Table));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new MountTable(["/proc", "/sys", "/dev"]);
        }
    }

    /// <summary>Reads the lines of a table; invalid ones are passed over.</summary>
    public static MountTable Parse(IEnumerable<string> lines)
    {
        var foreign = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var fields = line.Split(' ');
            var separator = Array.IndexOf(fields, "-");
            if (separator > 5 && fields.Length > separator + 1
                && (Foreign.Contains(fields[separator + 1]) || fields[separator + 1].StartsWith("fuse", StringComparison.Ordinal)))
            {
                foreign.Add(Unescape(fields[4]));
            }
        }

        return new MountTable(foreign);
    }

    /// <summary>True where something is mounted at this absolute path that a walk must not enter.</summary>
    public bool IsForeign(string path) => _foreign.Contains(path);

    /// <summary>Blanks, tabs, line ends and backslashes stand as three octal digits.</summary>
    private static string Unescape(string path) => path
        .Replace(@"\040", " ", StringComparison.Ordinal)
        .Replace(@"\011", "\t", StringComparison.Ordinal)
        .Replace(@"\012", "\n", StringComparison.Ordinal)
        .Replace(@"\134", @"\", StringComparison.Ordinal);
}
