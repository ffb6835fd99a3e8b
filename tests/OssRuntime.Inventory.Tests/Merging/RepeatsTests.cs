using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Tests.Merging;

/// <summary>Two records of one package in one place are one component.</summary>
public sealed class RepeatsTests
{
    private const string Lock = "GEM\n  remote: https://rubygems.org/\n  specs:\n    rake (13.0.6)\n    rspec (3.12.0)\n";

    [Fact]
    public async Task Of_a_list_of_gems_nothing_counts_where_one_of_them_is_installed()
    {
        var inventory = await ReadAsync(tar => tar
            .File("app/Gemfile.lock", Lock)
            .File("usr/local/bundle/specifications/rake-13.0.6.gemspec", "Gem::Specification.new do |s|\n  s.name = \"rake\"\n  s.version = \"13.0.6\"\nend\n"));

        Assert.Equal(["rake 13.0.6"], inventory.Names());
        Assert.Equal("gem", inventory.Component("rake").FoundBy);
    }

    [Fact]
    public async Task A_list_of_gems_counts_where_none_of_them_shows_itself()
    {
        var inventory = await ReadAsync(tar => tar
            .File("app/Gemfile.lock", Lock)
            .File("usr/lib/ruby/gems/3.1.0/specifications/default/json-2.6.1.gemspec", "Gem::Specification.new do |s|\n  s.name = \"json\"\n  s.version = \"2.6.1\"\nend\n")
            .File("usr/lib/ruby/gems/3.1.0/gems/x-1.0/Gemfile.lock", "GEM\n  specs:\n    other (1.0)\n"));

        Assert.Equal(["json 2.6.1", "rake 13.0.6", "rspec 3.12.0"], inventory.Names());
        Assert.Equal("https://rubygems.org/", inventory.Component("rspec").Origin);
    }

    [Fact]
    public async Task What_cpanm_wrote_counts_before_the_diary_of_MakeMaker()
    {
        var inventory = await ReadAsync(tar => tar
            .File("usr/local/lib/perl/5.36.0/perllocal.pod", "=head2 x: C<Module> L<JSON::XS|JSON::XS>\n\nC<VERSION: 4.03>\n\n=head2 x: C<Module> L<Other|Other>\n\nC<VERSION: 1.0>\n")
            .File("usr/local/share/perl/5.36.0/.meta/JSON-XS-4.03/install.json", """{"dist":"JSON-XS-4.03","name":"JSON::XS","pathname":"M/ML/MLEHMANN/JSON-XS-4.03.tar.gz","version":"4.03"}"""));

        Assert.Equal(["pkg:cpan/MLEHMANN/JSON-XS@4.03", "pkg:generic/cpan/Other@1.0"], inventory.Components.Select(c => c.Purl.ToString()));
    }

    [Fact]
    public async Task Copies_of_a_package_in_two_places_are_two_components()
    {
        const string manifest = """{"name":"x","version":"1.0.0"}""";
        var inventory = await ReadAsync(tar => tar.File("a/node_modules/x/package.json", manifest).File("b/node_modules/x/package.json", manifest));

        Assert.Equal(["a/node_modules/x/package.json", "b/node_modules/x/package.json"], inventory.Components.Select(c => c.Location.Path));
    }

    private static Task<ComponentInventory> ReadAsync(params Action<Testing.Images.TarBuilder>[] layers) => ImageReader.ReadAsync(layers);
}
