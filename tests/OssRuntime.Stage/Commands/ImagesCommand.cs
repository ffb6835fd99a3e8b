using System.CommandLine;
using OssRuntime.Stage.Images;

namespace OssRuntime.Stage.Commands;

/// <summary><c>images</c>: builds images into the cache.</summary>
internal static class ImagesCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("name") { Description = "Names of images; all of the set if none is given.", Arity = ArgumentArity.ZeroOrMore };
        var set = new Option<ImageSet>("--set") { Description = "sample: a few minutes. bench: most of an hour.", DefaultValueFactory = _ => ImageSet.Sample };
        var command = new Command("images", "Builds images from Debian's, npm's and NuGet's packages, each once, and prints where they are.") { names, set };
        command.SetAction(async (parsed, stop) =>
        {
            var wanted = parsed.GetValue(names) is { Length: > 0 } given ? given : ImageShelf.NamesOf(parsed.GetValue(set));
            var shelf = await ImageShelf.EnsureAsync(wanted, Console.Error, stop);
            foreach (var image in shelf.Images)
                Console.WriteLine($"{image.Name}\toci:{image.LayoutFolder}:latest");
        });
        return command;
    }
}
