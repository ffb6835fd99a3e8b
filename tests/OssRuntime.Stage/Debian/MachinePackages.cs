using OssRuntime.Stage.Processes;

namespace OssRuntime.Stage.Debian;

/// <summary>Programs that must be installed on the machine, because they need the libraries and folders of their packages.</summary>
public static class MachinePackages
{
    /// <summary>Installs the packages whose program is missing, and says so.</summary>
    /// <param name="log">Gets a line before anything is installed.</param>
    /// <param name="programs">Names of programs; the package has the same name but for those known here.</param>
    /// <param name="cancellationToken">Ends the installation.</param>
    /// <exception cref="StageException">Something is missing, and this is not root or there is no apt.</exception>
    public static async Task EnsureAsync(TextWriter log, IEnumerable<string> programs, CancellationToken cancellationToken = default)
    {
        var missing = programs.Where(program => !Tool.Exists(program)).SelectMany(PackagesOf).Distinct(StringComparer.Ordinal).ToArray();
        if (missing.Length == 0)
            return;
        var list = string.Join(' ', missing);
        if (!Tool.Exists("apt-get") || !Environment.IsPrivilegedProcess)
            throw new StageException($"These packages are needed and only root can install them: {list}. Run `apt-get install {list}` as root, then run this again.");

        await log.WriteLineAsync($"installing {list} with apt");
        await using var _ = await FileLock.TakeAsync("apt", cancellationToken);
        await Tool.RunAsync("apt-get", ["-qq", "update"], cancellationToken: cancellationToken);
        await Tool.RunAsync(
            "env",
            ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=600", "install", "-y", "--no-install-recommends", .. missing],
            cancellationToken: cancellationToken);
    }

    private static string[] PackagesOf(string program) => program switch
    {
        "ip" => ["iproute2"],
        "rpmbuild" => ["rpm"],
        // Neither the compiler nor its package has the C library's headers.
        "gcc" => ["gcc", "libc6-dev"],
        _ => [program],
    };
}
