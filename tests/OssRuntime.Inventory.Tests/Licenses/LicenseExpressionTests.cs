using OssRuntime.Inventory.Licenses;

namespace OssRuntime.Inventory.Tests.Licenses;

public sealed class LicenseExpressionTests
{
    [Theory]
    [InlineData("MIT", "MIT")]
    [InlineData("mit or apache-2.0", "MIT OR Apache-2.0")]
    [InlineData("(MIT)", "(MIT)")]
    [InlineData("(MIT OR (ISC AND 0BSD))", "(MIT OR (ISC AND 0BSD))")]
    [InlineData("GPL-2.0+ with Classpath-exception-2.0", "GPL-2.0+ WITH Classpath-exception-2.0")]
    [InlineData("Apache-1.1+", "Apache-1.1+")]
    [InlineData("LicenseRef-mine AND DocumentRef-a:LicenseRef-b", "LicenseRef-mine AND DocumentRef-a:LicenseRef-b")]
    public void An_expression_is_written_as_the_specification_has_it(string text, string expected) =>
        Assert.Equal(expected, LicenseExpression.Normalize(text));

    [Theory]
    [InlineData("")]
    [InlineData("BSD")]
    [InlineData("MIT/X11")]
    [InlineData("MIT, Apache-2.0")]
    [InlineData("MIT OR")]
    [InlineData("OR MIT")]
    [InlineData("MIT Apache-2.0")]
    [InlineData("(MIT")]
    [InlineData("MIT)")]
    [InlineData("()")]
    [InlineData("MIT WITH")]
    [InlineData("(MIT) WITH Classpath-exception-2.0")]
    [InlineData("MIT WITH a WITH b")]
    [InlineData("LicenseRef-")]
    [InlineData("LicenseRef-a b")]
    [InlineData("LicenseRef-ü")]
    public void What_is_no_expression_is_none(string text) => Assert.Null(LicenseExpression.Normalize(text));

    [Fact]
    public void An_endless_text_is_none() => Assert.Null(LicenseExpression.Normalize(new string('(', 2000)));
}
