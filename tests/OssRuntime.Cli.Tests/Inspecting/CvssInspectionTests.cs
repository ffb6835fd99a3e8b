using OssRuntime.Cli.Inspecting;

namespace OssRuntime.Cli.Tests.Inspecting;

public class CvssInspectionTests
{
    [Theory]
    [InlineData("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C", """{"version":"2.0","base":7.8,"temporal":6.4,"score":6.4,"severity":"Medium"}""")]
    [InlineData("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", """{"version":"3.0","base":10,"score":10,"severity":"Critical"}""")]
    [InlineData(" CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H ", """{"version":"3.1","base":9.8,"score":9.8,"severity":"Critical"}""")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/CR:L", """{"version":"3.1","base":9.8,"temporal":9,"environmental":8.7,"score":8.7,"severity":"High"}""")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U", """{"version":"4.0","base":9.3,"threat":8.1,"score":8.1,"severity":"High"}""")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", """{"version":"3.1","base":0,"score":0,"severity":"None"}""")]
    public void A_vector_is_answered_with_the_scores_that_it_has(string line, string answer) => Assert.Equal(answer, CvssInspection.Answer(line));

    [Theory]
    [InlineData("")]
    [InlineData("CVSS:3.1/AV:N")]
    [InlineData("CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")]
    [InlineData("CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")]
    public void What_is_no_vector_is_answered_with_the_reason(string line) => Assert.StartsWith("{\"error\":\"", CvssInspection.Answer(line), StringComparison.Ordinal);
}
