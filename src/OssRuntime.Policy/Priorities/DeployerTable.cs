using OssRuntime.Model.Findings;

namespace OssRuntime.Policy.Priorities;

/// <summary>
/// The SSVC deployer's table (CERT/CC, "Deployer Patch Application Priority" 1.0.0) as data: a line for each exploitation, exposure and
/// automatability, a letter for each human impact from Low to VeryHigh.
/// </summary>
public static class DeployerTable
{
    private const int Impacts = 4;

    // exposure:             Small      Controlled   Open
    // automatable:          no   yes   no   yes     no   yes
    private const string Rows =
        "DDSS" + "DSSS" + "DSSS" + "SSSS" + "DSSS" + "SSSO" // no exploitation
        + "DSSS" + "SSSS" + "DSSS" + "SSSO" + "SSSO" + "SSOO" // public proof of concept
        + "SSOO" + "SOOO" + "SSOO" + "OOOO" + "SOOI" + "OOII"; // active

    /// <summary>The decision for these inputs.</summary>
    public static Priority Decide(PriorityInputs inputs)
    {
        var row = (((int)inputs.Exploitation * 3) + (int)inputs.Exposure) * 2;
        var column = (int)inputs.Impact;
        return Rows[((row + (inputs.Automatable ? 1 : 0)) * Impacts) + column] switch
        {
            'D' => Priority.Defer,
            'S' => Priority.Scheduled,
            'O' => Priority.OutOfCycle,
            _ => Priority.Immediate,
        };
    }
}
