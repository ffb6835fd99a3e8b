namespace OssRuntime.Advisories.Feeds.DebianTracker;

/// <summary>The numbers of Debian's releases, which the tracker calls by their codenames.</summary>
internal static class DebianReleases
{
    /// <summary>The ecosystem of a release; one without a number is called by its codename.</summary>
    public static string Ecosystem(string codename) => $"Debian:{Number(codename)}";

    private static string Number(string codename) => codename switch
    {
        "sarge" => "3.1",
        "etch" => "4.0",
        "lenny" => "5.0",
        "squeeze" => "6.0",
        "wheezy" => "7",
        "jessie" => "8",
        "stretch" => "9",
        "buster" => "10",
        "bullseye" => "11",
        "bookworm" => "12",
        "trixie" => "13",
        "forky" => "14",
        "duke" => "15",
        _ => codename,
    };
}
