using System.Runtime.InteropServices;

namespace OssRuntime.Model.Advisories;

/// <summary>The decision points of SSVC that depend on the flaw alone, as CISA publishes them with CVE records.</summary>
/// <param name="Exploitation">What is known of attacks.</param>
/// <param name="Automatable">True where an attack can be repeated without people (reconnaissance to exploitation).</param>
/// <param name="TotalImpact">True where an attack gives total control of the component.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SsvcAssessment(ExploitationEvidence Exploitation, bool Automatable, bool TotalImpact);
