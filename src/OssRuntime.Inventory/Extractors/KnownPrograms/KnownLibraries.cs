using System.Collections.Immutable;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.KnownPrograms;

/// <summary>Shared libraries that images bring along.</summary>
internal static class KnownLibraries
{
    public static ImmutableArray<KnownProgram> All { get; } =
    [
        Library("openssl", "openssl:openssl", ["libcrypto.so*", "libssl.so*"], ["OpenSSL %v", "OpenSSL %v "]),
        Library("libcurl", "haxx:libcurl", ["libcurl.so*"], ["libcurl/%v"]),
        Library("zlib", "zlib:zlib", ["libz.so*"], ["inflate %v Copyright", "deflate %v Copyright"]),
        Library("expat", "libexpat_project:libexpat", ["libexpat.so*"], ["expat_%v"]),
        Library("glibc", "gnu:glibc", ["libc.so.6", "libc-2.*.so"], ["release version %v"]),
        Library("musl", "musl-libc:musl", ["ld-musl-*.so*", "libc.musl-*.so*", "libc.so"], ["%0<1.%v>%0"]),
        Library("sqlite", "sqlite:sqlite", ["libsqlite3.so*"], ["%0<3.%v>%0"]),
        Library("ffmpeg", "ffmpeg:ffmpeg", ["libavcodec.so*", "libavformat.so*", "libavutil.so*", "libswresample.so*"], ["FFmpeg version %v"]),
        Library("qtbase", "qt:qt", ["libQt5Core.so*", "libQt6Core.so*"], ["%0Qt %v ("]),
        Library("imagemagick", "imagemagick:imagemagick", ["libMagickCore-*.so*"], ["ImageMagick <%v-%d>"]),
    ];

    private static KnownProgram Library(string name, string cpe, ImmutableArray<string> files, ImmutableArray<string> patterns) =>
        new(name, cpe, files, patterns) { Kind = ComponentType.Library };
}
