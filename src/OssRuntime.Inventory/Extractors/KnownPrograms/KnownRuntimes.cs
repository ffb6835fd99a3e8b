using System.Collections.Immutable;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.KnownPrograms;

/// <summary>What runs programs in other languages.</summary>
internal static class KnownRuntimes
{
    public static ImmutableArray<KnownProgram> All { get; } =
    [
        Runtime("node", "nodejs:node.js", ["node", "nodejs", "libnode.so*"], ["node.js/v%v", "%0node v%v%0"]),
        Runtime("deno", "deno:deno", ["deno"], ["Deno/%v"]),
        Runtime("bun", "oven:bun", ["bun"], ["Bun/%v", "Bun v%v"]),
        Runtime("pypy", "pypy:pypy", ["libpypy*.so*"], ["[PyPy %v"]),
        Runtime("python", "python:python", ["libpython*.so*", "python3.*", "python2.*"], ["%0<3.%v>%0", "%0<2.%v>%0"]) with { IsVersionInName = true },
        Runtime("ruby", "ruby-lang:ruby", ["ruby", "ruby3.*", "ruby2.*", "libruby*.so*"], ["ruby %v (20", "ruby %vp%d (20"]),
        Runtime("php", "php:php", ["php", "php-fpm", "php-cgi", "php5*", "php7*", "php8*", "php-fpm*", "php-cgi*", "libphp*.so"], ["X-Powered-By: PHP/%v"]),
        Runtime("perl", "perl:perl", ["perl", "libperl.so*"], ["/lib/perl5/%v", "/perl/%v%0", "/perl5/%v/"]),
        Runtime("erlang", @"erlang:erlang\/otp", ["beam.smp", "beam", "erlexec"], ["/otp_src_%v/erts/", "/src/otp-%v/erts/", "%0%v%0Erlang/OTP"]),
        Runtime("elixir", "elixir-lang:elixir", ["elixir"], ["ELIXIR_VERSION=%v"]),
        Runtime("dart", "dart:dart_software_development_kit", ["dart", "dartaotruntime"], ["%0%v (stable)"]),
        Runtime("julia", "julialang:julia", ["libjulia-internal.so*"], ["__init__%0%v%0verify"]),
        Runtime("lua", "lua:lua", ["lua", "lua5*", "liblua*.so*"], ["Lua %v  Copyright (C)"]),
        Runtime("luajit", "luajit:luajit", ["luajit", "luajit-*", "libluajit-*.so*"], ["LuaJIT %v -- Copyright", "LuaJIT %v%0"]),
        Runtime("swipl", "swi-prolog:swi-prolog", ["swipl", "libswipl.so*"], ["swipl-%v", "SWI-Prolog version %v"]),
        Runtime("rust", "rust-lang:rust", ["rustc", "libstd-*.so", "librustc_driver-*.so"], ["rustc version %v (", "/rustc-%v/"]),
        Runtime("ghc", "haskell:ghc", ["ghc", "ghc-*", "libHSrts-*.so"], ["%0GHC %v%0", "libHSghc-%v-", "The Glorious Glasgow Haskell Compilation System, version %v"]),
    ];

    private static KnownProgram Runtime(string name, string cpe, ImmutableArray<string> files, ImmutableArray<string> patterns) =>
        new(name, cpe, files, patterns) { Kind = ComponentType.Runtime };
}
