using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.DotNet;
using OssRuntime.Inventory.Extractors.EmbeddedSboms;
using OssRuntime.Inventory.Extractors.Executables;
using OssRuntime.Inventory.Extractors.Go;
using OssRuntime.Inventory.Extractors.KnownPrograms;
using OssRuntime.Inventory.Extractors.Rust;

namespace OssRuntime.Inventory.Extractors.Programs;

/// <summary>
/// What compilers stamp into programs (ELF, PE, Mach-O): the modules of Go, the packages of Rust, the bundles of .NET, the SBOM of GraalVM. Each program passes by once; only the end of
/// an ELF file, where its sections are listed, is kept for a moment.
/// </summary>
internal sealed class ProgramExtractor : IProgramExtractor
{
    /// <summary>Debugging information makes an end long, and then it goes to disk.</summary>
    private const long LongestEnd = 512 << 20;

    /// <summary>Programs that are read in any order are kept whole for it.</summary>
    private const long LargestKept = 1L << 30;

    /// <summary>The extractor's name.</summary>
    public const string Id = "program";

    public string Name => Id;

    public int Version => 6;

    public long LargestFile => 8L << 30;

    public bool Wants(ReadOnlySpan<byte> path) => false;

    public bool WantsProgram(ReadOnlySpan<byte> path, bool isExecutable) => ProgramNames.MayBe(path, isExecutable);

    public void Extract(FileContent file, ExtractionContext context)
    {
        using var window = new ForwardWindow(file.Open());
        window.Fill(ProgramLayout.HeadLength);
        var known = new VersionSearch(file.Path);
        if (ProgramLayout.Read(window.Bytes, file.Size) is not { } layout)
        {
            // Some programs are scripts.
            ProgramScan.Run(window, file.Size, known);
            ReportKnown(known, context);
            return;
        }

        if (layout.Problem is { } problem)
        {
            context.AddUnknown(problem);
        }

        if (window.Bytes[..Math.Min(window.Bytes.Length, 1024)].IndexOf("UPX!"u8) >= 0)
        {
            context.AddUnknown("it is packed with UPX, which hides what it is made of");
            return;
        }

        var go = new GoSearch(layout.Segments);
        var audit = new SectionSearch(layout.Segments, CargoAudit.Section);
        var bundle = new BundleSearch(layout.Segments);
        var native = new NativeImageSearch(layout.Segments);
        ProgramScan.Run(window, layout.TailStart, known, go, audit, bundle, native);
        ReportKnown(known, context);
        if (native.Found is { } sbom)
        {
            NativeImageSbom.Report(sbom, file.Path, context);
        }

        if (!ReportGo(go, layout, file, context) && !ReportRust(audit, context) && (layout.SectionTable > 0 || bundle.HeaderOffset > 0))
        {
            ReadEnd(window, layout, bundle.HeaderOffset, file, context);
        }
    }

    private static void ReportKnown(VersionSearch known, ExtractionContext context)
    {
        if (known.Found is { } program)
        {
            context.Add(program);
        }
    }

    private static bool ReportGo(GoSearch go, ProgramLayout layout, FileContent file, ExtractionContext context)
    {
        var info = go.Found;
        if (go.PointersAt >= 0)
        {
            if (file.TryKeep() is not { } content)
            {
                if (file.Size > LargestKept)
                {
                    context.AddUnknown($"it is a program of Go before 1.18 with more than {LargestKept} bytes");
                    return true;
                }

                context.ReadAgain();
                return true;
            }

            info = GoPointers.Read(content, layout, go.PointersAt);
        }

        if (info is not null)
        {
            GoModules.Report(info, context);
        }
        else if (go.Problem is not null || go.PointersAt >= 0)
        {
            context.AddUnknown(go.Problem ?? "its Go build info points nowhere");
        }

        return info is not null;
    }

    private static bool ReportRust(SectionSearch audit, ExtractionContext context)
    {
        if (audit.Content is { } content)
        {
            CargoAudit.Report(new MemoryStream(content), context);
            return true;
        }

        if (audit.Problem is { } problem)
        {
            context.AddUnknown(problem);
        }

        return false;
    }

    private static void ReadEnd(ForwardWindow window, ProgramLayout layout, long bundle, FileContent file, ExtractionContext context)
    {
        if (layout.SectionTable >= file.Size)
        {
            context.AddUnknown("the section headers of an ELF file lie outside of it");
            return;
        }

        // A table of sections before the end of what is loaded went by; only Go's linker puts it there.
        var hasSections = layout.SectionTable >= layout.TailStart;
        if ((!hasSections && bundle == 0) || !window.MoveTo(Math.Max(window.Position, layout.TailStart)))
        {
            return;
        }

        if (file.Size - window.Position > LongestEnd)
        {
            context.AddUnknown($"it has more than {LongestEnd} bytes behind the program itself");
            return;
        }

        var start = window.Position;
        using var end = new TailContent(file.Spool.Keep(new WindowStream(window), file.Size - start, file.Size - start), start);
        if (bundle > 0)
        {
            BundleManifest.Report(end, bundle, context);
        }
        else
        {
            ReadSections(end, start, layout, context);
        }
    }

    private static void ReadSections(RandomContent end, long start, ProgramLayout layout, ExtractionContext context)
    {
        if (ElfSections.Find(end, layout, CargoAudit.Section, out var problem) is { } section)
        {
            if (section.Offset < start || section.Length > end.Length - section.Offset)
            {
                context.AddUnknown("the section with its list of Rust packages lies outside of the file");
                return;
            }

            CargoAudit.Report(new RandomContentStream(end, section.Offset, section.Length), context);
        }
        else if (problem is not null)
        {
            context.AddUnknown(problem);
        }
    }
}
