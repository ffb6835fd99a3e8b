using System.Collections.Immutable;

namespace OssRuntime.Inventory.Extractors.KnownPrograms;

/// <summary>What images have at hand.</summary>
internal static class KnownTools
{
    public static ImmutableArray<KnownProgram> All { get; } =
    [
        new("busybox", "busybox:busybox", ["busybox"], ["BusyBox v%v"]),
        new("toybox", "landley:toybox", ["toybox"], ["toybox %v", "%0<0.8.%d>%0", "%0<0.9.%d>%0"]),
        new("bash", "gnu:bash", ["bash"], ["@(#)Bash version %v("]),
        new("curl", "haxx:curl", ["curl"], ["curl/%v", "curl %v ("]),
        new("wget", "gnu:wget", ["wget"], ["/wget-%v", "%0<1.%v>%0"]),
        new("git", "git-scm:git", ["git"], ["%0git/%v%0", "git/%v"]),
        new("vim", "vim:vim", ["vim", "vim.basic", "vim.tiny"], ["VIM - Vi IMproved %v"]),
        new("libressl", "openbsd:libressl", ["openssl"], ["LibreSSL %v"]),
        new("openssl", "openssl:openssl", ["openssl"], ["%0OpenSSL %v", "OpenSSL %v"]),
        new("gnupg", "gnupg:gnupg", ["gpg", "gpg2"], ["gpg (GnuPG) %v", "GnuPG v%v", "%0<2.%v>%0"]),
        new("rsync", "samba:rsync", ["rsync"], ["rsync  version %v", "rsync version %v", "%0<3.%v>%0"]),
        new("xz", "tukaani:xz", ["xz"], ["xz (XZ Utils) %v"]),
        new("zstd", "facebook:zstandard", ["zstd"], ["%0v%v%0"]),
        new("util-linux", "kernel:util-linux", ["getopt", "mount", "setpriv"], ["%0util-linux %v"]),
        new("tar", "gnu:tar", ["tar"], ["GNU tar%0%*%0<1.%d>%0"]),
        new("sudo", "sudo_project:sudo", ["sudo"], ["%0<1.%vp%d>%0", "%0<1.9.%d>%0", "%0<1.8.%d>%0"]),
        new("tini", "tini_project:tini", ["tini", "tini-static", "docker-init"], ["tini version %v"]),
        new("dumb-init", "yelp:dumb-init", ["dumb-init"], ["%0<1.2.%d>"]),
        new("ffmpeg", "ffmpeg:ffmpeg", ["ffmpeg", "ffprobe"], ["%s version %v", "FFmpeg version %v"]),
        new("chrome", "google:chrome", ["chrome", "chromium", "headless_shell"], ["%0%v%0Default"]),
        new("gcc", "gnu:gcc", ["cc1", "cc1plus", "gcc", "g++"], ["GCC: (GNU) %v", "GNU C17 %v"]),
        new("composer", "getcomposer:composer", ["composer", "composer.phar"], ["'pretty_version'%*'%v'", "const VERSION = '%v'"]),
        new("wp-cli", "wp-cli:wp-cli", ["wp", "wp-cli.phar"], ["wp-cli/wp-cli %v"]),
        new("percona-xtrabackup", "percona:xtrabackup", ["xtrabackup"], ["percona-xtrabackup-%v"]),
        new("cabal", "haskell:cabal", ["cabal"], ["cabal-install-%v-", "%0Cabal-%v-"]),
        new("stack", "haskell:stack", ["stack"], ["Version %v, Git"]),
        new("jq", "jqlang:jq", ["jq"], ["%0<1.%v>%0", "%0<1.%d>%0"]),
        new("sqlite", "sqlite:sqlite", ["sqlite3"], ["SQLite version %v", "%0<3.%v>%0"]),
    ];
}
