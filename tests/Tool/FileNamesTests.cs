using System.Text;
using Downloader.Tool;

namespace Downloader.Tests.Tool;

/// <summary>File names from URLs: one name in a folder, whatever the URL says.</summary>
public sealed class FileNamesTests
{
    [Theory]
    [InlineData("http://h/a/page.html", "page.html")]
    [InlineData("http://h/page.html?x=1&y=/../z#part", "page.html")]
    [InlineData("http://h/", "index.html")]
    [InlineData("http://h", "index.html")]
    [InlineData("http://h/a/b/", "index.html")]
    [InlineData("http://h/a%20b.txt", "a b.txt")]
    [InlineData("http://h/%D0%B6%E2%82%AC.txt", "ж€.txt")]
    [InlineData("http://h/..", "index.html")]
    [InlineData("http://h/%2E%2E", "index.html")]
    [InlineData("http://h/..%2F..%2Fetc%2Fpasswd", "___.._etc_passwd")]
    [InlineData("http://h/a%2Fb", "a_b")]
    [InlineData("http://h/a%5Cb", "a_b")]
    [InlineData("http://h/%252F..", "%2F__")]
    [InlineData("http://h/a%00b", "a_b")]
    [InlineData("http://h/a%0Ab%1B[2J", "a_b_[2J")]
    [InlineData("http://h/a%E2%80%AEb", "a_b")]
    [InlineData("http://h/.htaccess", "_htaccess")]
    [InlineData("http://h/...", "___")]
    [InlineData("http://h/%20", "_")]
    [InlineData("http://h/~", "~")]
    [InlineData("http://h/-rf", "-rf")]
    [InlineData("http://h/name.%20.", "name___")]
    [InlineData("http://h/C%3Aname", "C_name")]
    [InlineData("http://h/name:stream", "name_stream")]
    [InlineData("http://h/a*b%3Fc%22d%3Ce%3Ef%7Cg", "a_b_c_d_e_f_g")]
    [InlineData("http://h/CON", "_CON")]
    [InlineData("http://h/nul.txt", "_nul.txt")]
    [InlineData("http://h/Com1.tar.gz", "_Com1.tar.gz")]
    [InlineData("http://h/LPT%C2%B9", "_LPT¹")]
    [InlineData("http://h/aux%20.txt", "_aux .txt")]
    [InlineData("http://h/CONSOLE", "CONSOLE")]
    [InlineData("http://h/%FF.txt", "%FF.txt")]
    public void A_name_is_the_last_part_of_the_path_made_safe(string url, string name) =>
        Assert.Equal(name, FileNames.FromUri(new Uri(url)));

    [Fact]
    public void A_long_name_is_cut_before_its_extension_and_between_characters()
    {
        var name = FileNames.FromUri(new Uri($"http://h/{new string('€', 1000)}.tar"));
        var longExtension = FileNames.FromUri(new Uri($"http://h/a.{new string('x', 1000)}"));

        Assert.Equal($"{new string('€', (FileNames.MaxBytes - 4) / 3)}.tar", name);
        Assert.Equal(FileNames.MaxBytes, longExtension.Length);
    }

    [Theory]
    [InlineData("page.html", "page-2.html")]
    [InlineData("page", "page-2")]
    [InlineData("a.tar.gz", "a.tar-2.gz")]
    public void A_number_stands_before_the_extension(string name, string numbered) => Assert.Equal(numbered, FileNames.WithNumber(name, 2));

    [Fact]
    public void No_path_leads_out_of_the_folder()
    {
        const string Letters = "../..//\\%%2200FfEeABCNULcon19:*?\"<>| \0\n\u202E\uD800é€";
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var path = new string(random.GetItems<char>(Letters, random.Next(300)));
            if (Uri.TryCreate($"http://h/{path}", UriKind.Absolute, out var uri)) AssertIsOneName(FileNames.FromUri(uri));
        }
    }

    private static void AssertIsOneName(string name)
    {
        foreach (var one in (string[])[name, FileNames.WithNumber(name, int.MaxValue)])
        {
            Assert.Equal(Path.Combine(Path.GetTempPath(), one), Path.GetFullPath(Path.Combine(Path.GetTempPath(), one)));
            Assert.Equal(one, Path.GetFileName(one));
            Assert.InRange(Encoding.UTF8.GetByteCount(one), 1, 255);
            Assert.DoesNotContain(one, letter => char.IsControl(letter) || "/\\:*?\"<>|".Contains(letter));
            Assert.False(one[0] is '.' or ' ' || one[^1] is '.' or ' ', one);
        }
    }
}
