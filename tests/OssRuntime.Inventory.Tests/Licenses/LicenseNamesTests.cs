using OssRuntime.Inventory.Licenses;

namespace OssRuntime.Inventory.Tests.Licenses;

/// <summary>Licences as package managers call them, and as SPDX does.</summary>
public sealed class LicenseNamesTests
{
    [Theory]
    [InlineData("MIT", "MIT")]
    [InlineData("mit or apache-2.0", "MIT OR Apache-2.0")]
    [InlineData("The Apache Software License, Version 2.0", "Apache-2.0")]
    [InlineData("Apache 2.0", "Apache-2.0")]
    [InlineData("GPL-2+", "GPL-2.0-or-later")]
    [InlineData("GPL-3", "GPL-3.0-only")]
    [InlineData("LGPL-2.1+", "LGPL-2.1-or-later")]
    [InlineData("GPLv2", "GPL-2.0-only")]
    [InlineData("GPLv3+", "GPL-3.0-or-later")]
    [InlineData("LGPLv2+", "LGPL-2.0-or-later")]
    [InlineData("GPLv2+ and LGPLv2+ and MIT", "GPL-2.0-or-later AND LGPL-2.0-or-later AND MIT")]
    [InlineData("(GPLv2+ or MIT) and ASL 2.0", "(GPL-2.0-or-later OR MIT) AND Apache-2.0")]
    [InlineData("GPL-2+ or Artistic-2.0", "GPL-2.0-or-later OR Artistic-2.0")]
    [InlineData("GNU General Public License v3 (GPLv3)", "GPL-3.0-only")]
    [InlineData("GNU General Public License v2 or later (GPLv2+)", "GPL-2.0-or-later")]
    [InlineData("GNU Lesser General Public License v2.1", "LGPL-2.1-only")]
    [InlineData("GNU Affero General Public License v3 or later (AGPLv3+)", "AGPL-3.0-or-later")]
    [InlineData("GNU GPL v2", "GPL-2.0-only")]
    [InlineData("Expat", "MIT")]
    [InlineData("BSD-3-clause", "BSD-3-Clause")]
    [InlineData("3-Clause BSD License", "BSD-3-Clause")]
    [InlineData("perl_5", "Artistic-1.0-Perl OR GPL-1.0-or-later")]
    [InlineData("Eclipse Public License v2.0", "EPL-2.0")]
    [InlineData("GPL-2.0-or-later", "GPL-2.0-or-later")]
    public void A_name_that_means_one_licence_is_its_expression(string name, string expression) => Assert.Equal(expression, LicenseNames.Normalize(name));

    [Theory]
    [InlineData("BSD")]
    [InlineData("GPL")]
    [InlineData("BSD License")]
    [InlineData("Apache Software License")]
    [InlineData("GPLv2+ and something else")]
    [InlineData("GPL-7")]
    [InlineData("public-domain")]
    [InlineData("and")]
    [InlineData("( or )")]
    [InlineData("")]
    public void A_name_that_leaves_it_open_stays_as_it_is(string name) => Assert.Equal(name, LicenseNames.Normalize(name));

    [Fact]
    public void An_endless_text_stays_as_it_is() => Assert.Equal(5000, LicenseNames.Normalize(string.Concat(Enumerable.Repeat("and (", 1000))).Length);

    [Fact]
    public async Task Packages_of_every_kind_have_expressions()
    {
        var inventory = await ImageReader.ReadAsync(tar => tar
            .File("usr/lib/python3/a-1.dist-info/METADATA", "Name: a\nVersion: 1\nLicense: Apache 2.0\nClassifier: License :: OSI Approved :: Apache Software License\n\n")
            .File("node_modules/b/package.json", """{"name":"b","version":"1.0.0","license":"(MIT OR Apache-2.0)"}""")
            .File("lib/apk/db/installed", "P:c\nV:1-r0\nA:x86_64\nL:GPL-2.0-only AND MIT\n\n")
            .File("etc/os-release", "ID=alpine\nVERSION_ID=3.19.0\n"));

        Assert.Equal(["Apache-2.0"], inventory.Component("a").Licenses);
        Assert.Equal(["(MIT OR Apache-2.0)"], inventory.Component("b").Licenses);
        Assert.Equal(["GPL-2.0-only AND MIT"], inventory.Component("c").Licenses);
    }

    [Fact]
    public async Task A_Debian_package_has_the_licences_of_its_copyright_file()
    {
        var inventory = await ImageReader.ReadAsync(tar => tar
            .File("etc/os-release", ImageReader.DebianRelease)
            .File("var/lib/dpkg/status", ImageReader.Stanza("bash", "5.2") + ImageReader.Stanza("old", "1") + ImageReader.Stanza("bare", "1"))
            .File("usr/share/doc/bash/copyright", "Format: https://x\n\nFiles: *\nCopyright: x\nLicense: GPL-3+\n\nFiles: debian/*\nLicense: GPL-3+\n text\n\nFiles: y\nLicense: Expat or public-domain\n")
            .File("usr/share/doc/old/copyright", "This is it. See `/usr/share/common-licenses/GPL-2' and /usr/share/common-licenses/LGPL.\n")
            .File("usr/share/doc/bare/copyright", "Public domain.\n")
            .File("usr/share/doc/none/copyright", "\nLicense: MIT\n"));

        Assert.Equal(["GPL-3.0-or-later", "Expat or public-domain"], inventory.Component("bash").Licenses);
        Assert.Equal(["GPL-2.0"], inventory.Component("old").Licenses);
        Assert.Empty(inventory.Component("bare").Licenses);
        Assert.Equal(3, inventory.Components.Length);
    }
}
