using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Packages;

/// <summary>
/// Distributions whose packages are those of another one, or are built of its sources, and that publish no advisories of their own: the other one's are asked. Each with where its
/// publisher says so.
/// </summary>
internal static class Derivatives
{
    /// <summary>The ecosystem of the packages; null for a distribution that is none of these.</summary>
    public static Ecosystem? Of(string id, string? version)
    {
        var major = version?.Split('.')[0];
        return id switch
        {
            // https://www.raspbian.org/RaspbianAbout: "the Debian armhf packages, rebuilt"
            "raspbian" => Debian(major),

            // https://www.devuan.org/os/releases: Daedalus 5 of Bookworm, Chimaera 4 of Bullseye, Beowulf 3 of Buster, Excalibur 6 of Trixie
            "devuan" => Debian(major switch { "3" => "10", "4" => "11", "5" => "12", "6" => "13", _ => null }),

            // https://linuxmint.com/download_all.php: 20.x of Focal, 21.x of Jammy, 22.x of Noble
            "linuxmint" => Ubuntu(major switch { "19" => "18.04", "20" => "20.04", "21" => "22.04", "22" => "24.04", _ => null }),

            // https://system76.com/pop, https://neon.kde.org, https://xubuntu.org: numbered as the Ubuntu that they are made of
            "pop" or "neon" or "xubuntu" or "kubuntu" or "lubuntu" => Ubuntu(version),

            // https://blog.elementary.io, https://zorin.com/os/details
            "elementary" => Ubuntu(major switch { "6" => "20.04", "7" => "22.04", "8" => "24.04", _ => null }),
            "zorin" => Ubuntu(major switch { "16" => "20.04", "17" => "22.04", "18" => "24.04", _ => null }),
            _ => null,
        };
    }

    private static Ecosystem? Debian(string? release) => release is null ? null : new Ecosystem("Debian", release);

    private static Ecosystem? Ubuntu(string? release) => release is null ? null : new Ecosystem("Ubuntu", release);
}
