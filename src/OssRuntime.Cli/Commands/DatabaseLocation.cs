namespace OssRuntime.Cli.Commands;

/// <summary>Where the advisory database is when nobody says.</summary>
internal static class DatabaseLocation
{
    public static string Default =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "ossruntime", "advisories.db");
}
