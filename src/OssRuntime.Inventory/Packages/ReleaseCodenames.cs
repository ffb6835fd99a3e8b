using System.Collections.Frozen;

namespace OssRuntime.Inventory.Packages;

/// <summary>
/// The numbers of releases by their codenames: Debian's (https://www.debian.org/releases/), Ubuntu's (https://wiki.ubuntu.com/Releases).
/// </summary>
internal static class ReleaseCodenames
{
    private static readonly FrozenDictionary<string, string> DebianReleases = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["buzz"] = "1.1",
        ["rex"] = "1.2",
        ["bo"] = "1.3",
        ["hamm"] = "2.0",
        ["slink"] = "2.1",
        ["potato"] = "2.2",
        ["woody"] = "3.0",
        ["sarge"] = "3.1",
        ["etch"] = "4",
        ["lenny"] = "5",
        ["squeeze"] = "6",
        ["wheezy"] = "7",
        ["jessie"] = "8",
        ["stretch"] = "9",
        ["buster"] = "10",
        ["bullseye"] = "11",
        ["bookworm"] = "12",
        ["trixie"] = "13",
        ["forky"] = "14",
        ["duke"] = "15",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> UbuntuReleases = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["warty"] = "4.10",
        ["hoary"] = "5.04",
        ["breezy"] = "5.10",
        ["dapper"] = "6.06",
        ["edgy"] = "6.10",
        ["feisty"] = "7.04",
        ["gutsy"] = "7.10",
        ["hardy"] = "8.04",
        ["intrepid"] = "8.10",
        ["jaunty"] = "9.04",
        ["karmic"] = "9.10",
        ["lucid"] = "10.04",
        ["maverick"] = "10.10",
        ["natty"] = "11.04",
        ["oneiric"] = "11.10",
        ["precise"] = "12.04",
        ["quantal"] = "12.10",
        ["raring"] = "13.04",
        ["saucy"] = "13.10",
        ["trusty"] = "14.04",
        ["utopic"] = "14.10",
        ["vivid"] = "15.04",
        ["wily"] = "15.10",
        ["xenial"] = "16.04",
        ["yakkety"] = "16.10",
        ["zesty"] = "17.04",
        ["artful"] = "17.10",
        ["bionic"] = "18.04",
        ["cosmic"] = "18.10",
        ["disco"] = "19.04",
        ["eoan"] = "19.10",
        ["focal"] = "20.04",
        ["groovy"] = "20.10",
        ["hirsute"] = "21.04",
        ["impish"] = "21.10",
        ["jammy"] = "22.04",
        ["kinetic"] = "22.10",
        ["lunar"] = "23.04",
        ["mantic"] = "23.10",
        ["noble"] = "24.04",
        ["oracular"] = "24.10",
        ["plucky"] = "25.04",
        ["questing"] = "25.10",
        ["resolute"] = "26.04",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Debian's number; the codename itself where none is known, for testing has no number yet.</summary>
    public static string? Debian(string? codename) => Of(DebianReleases, codename);

    /// <summary>Ubuntu's number, likewise.</summary>
    public static string? Ubuntu(string? codename) => Of(UbuntuReleases, codename);

    private static string? Of(FrozenDictionary<string, string> releases, string? codename) =>
        codename is null ? null : releases.GetValueOrDefault(codename.ToLowerInvariant().Split(' ', '/')[0], codename);
}
