using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>
/// What is kept in memory of an advisory while the feeds are read: numbers only. <see cref="Facts"/>, <see cref="Text"/> and
/// <see cref="Exploits"/> are where its ids and vectors, its texts, and the addresses of exploits were put aside.
/// </summary>
internal struct CollectedAdvisory
{
    public int Id;
    public ushort Source;
    public AdvisoryKind Kind;
    public bool Withdrawn;
    public bool Replaced;
    public uint Modified;
    public int Facts;
    public long Text;
    public int? Exploits;
}
