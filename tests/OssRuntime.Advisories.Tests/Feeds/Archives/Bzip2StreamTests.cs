using System.Text;
using OssRuntime.Advisories.Feeds.Archives;

namespace OssRuntime.Advisories.Tests.Feeds.Archives;

public class Bzip2StreamTests
{
    /// <summary>What bzip2 1.0.8 made of <see cref="Text"/> with blocks of 100,000 bytes, of nothing, and of a last line, one after another.</summary>
    private static readonly byte[] Packed = Convert.FromBase64String(
          "QlpoMTFBWSZTWTnTjyAAE1b////////////////////////////////////////////4YCR+gAAAAAAAAA++AAAAAAAAAB76lSpVKlSqVKlUqVKpVgcAgIAgQBA+gAAEAAGAAACKqqfp"
        + "M9DapJ6T9HppT2yFTUewmoYp7Y1DFNUaaep6g9QNMEaYR6j1GGiMgwQNMmnqaG1ADI9GoZon6mmhjKepsanjUaKewjGqewRPDMGaVKhoe9qqoZU36NvJVVTTTRppk0wE00YAQNMABGhi"
        + "NGCYEYg0DEwAAmAE0aMhkwjEGAINGCNMCYgaYhoZGAAAmAKqqn/79TbSKqoIwCGI0xMACaaYCYJgJhMAAAIwAAIMTCYTARgAAAAATAIMAJiYACYRpgEwBz/VT96kz1VU9UoAAAAAAAAA"
        + "NAAAAAAAAAAAANAAAAAAAAAAAADRoAAAAClT/bUk/VU9SgAAAAaNAAAAAAAAAAAAAGgAAAAAAAAAAAAAAAAAAAAAlP1UqaoT2VAAaAAAaAaaAAAAABoANBpiAANAAA0aaGgAA0ADQAAA"
        + "A0A0aDQAB+qAA3ylK1rSuGz3eul+LD5HrfK+jjnhf7hsh1fkO7/XQd7zXbOj9zD5Lq3Gdr9uX+P/2f6pxXc/fpOfbf4ep49z2PD7/6GV6H6nzex+NxtfvO67//bsuynz7y8vN3u93u+w"
        + "nz/mT58+fPnz58/r8DAwMDp7rJ734vi4+n+UXgfR5aZ/eF7//j+/ks4ntPk+LndXwO+/t49qkvgd//h965jVe+L+njeFyNTCL5W08PNfi/veF5Wl6Py/k/wfP8jP87wfleJSbxdid4Pz"
        + "Pp5lWeX+nH8bPTE+d/3l+b6XBtfPL/zLq+n9L6H3NI6nV8T6XkaVn/kuNzuZredi/V4+lzPNXtm/Y5Wpa2eR5N5y9Sz6XJ5PNrM5JZdPRs9XvculytGz6GL9nQ2GzYmXllpdRuzo0qch"
        + "9ItW3Sd6aRq8fKSbF/+2DtCbFzueVsXYyeYzzvPaTvPllllsWLB6+v+Pmc2BwhjdUyMzM8wz6u6xeOZ62sT3rCCJx0MzxPRQkRETr0Qz3+/l+29734nKvHvc7t3Oc5zvY+W5zvyYedf3"
        + "9/f7fbpti3e7wsKhQKglChQ9LBLBwcHBwaDGM9BV1/sgJer0ABQIACj6akqqrGEq2LCcZE9G7dXOVVoEoA/F2VJVa1VsWLCImZtVX01Vc1VVSUAflzbpnIVeDGsQACqSrG7du5d27dul"
        + "dVVa1eRXr18WZCRLt1VJVjdu3aV27duldc5yrr64A4s067n3bqqSrG7du867du3/B5XKJV19ckzDNVzQBn55ImiiJ5iJLLL6+IrVjMj64BE46IhmRn9UzOdJIZnV40IQ2/cxQjM+yIzO"
        + "EChCJnatWrW89fbM4Q9ay/Jm0ll4EkkkkkO78mEO7hflfzTp069vb1N1usKOGWHhz8Ap4oCeU+exgFevXmREzNsoAEVJVWgSqov2eSBUqEiTAKpKABFSVVUlVZmtXyq1ZEJEVVUlAAip"
        + "KqqSsYyKrXrgJerzQACCIiRBAC+llICrVIzOKqKQABBERIggGMArVqxmR3gEQOaAACCIiRv3O5Y2MvLJETb0s4kToIk5ETS0iTxDO5cI6lSo6Z5PeiGZGcUviRERCSSSQzq1YQhCadtk"
        + "RIQKEIngEZme519fXsQhwOBbt8CzZ3+/s3xWeJ1OFwth73OdkO6ybrC3e7ZOKdCdOPALAPsz9YWDgxoUCoJQkkkSIq1TMj64BEJESEChCJmR3LhmetrPe/bnFCMzMjM3vJ74wvrdsoTU"
        + "6ZNa2EIQiZGZmRmb3k99u299OnTmc4nbWD3vfGBQhCBQhB25t23O1NQmtmdt3vJ7nOc6PWPe95Pe/ZtWid83VlsFLK5zWk1jGXrIxc5zid5Vq1yGt5Vjls5l7eNypaVIpebJvik6HQkk"
        + "6N9YsFJJ0+mVy5cjLcK5cuXLhXLdvAK3GMklixcubOnp27ZW7ySSMkhSSSSSFJcuTyuRp+s1cO1vq9ev2va1t9UqVKNHW1i1uH1OLxdjYyblzretk62dOmml9TLesoFQoRbQLtG9o3DL"
        + "Dbg7mzZJupqahSTTMY97Wk1sXOJznOcTtm1ac6nTa1pNm2r3va0mti5xOc519Zs7MXvp0yc1t69xOc5jCYyLWk1rbNmyTY6uqxhMi97nE5zpWbRjItaTda01radP/djNveNjFznOJznT"
        + "mMYyLdzZsk3Z1dUpZZWtaTZove95Pe/gOc533ZeTyeXsbGVlZRM2rstrSbS5/Pb0OgTc9tDQ6nUYzrtOWWXZZetaTWMYTIxc5zic52zZsk7V1dWWWWVzmtJrGMJkYuc5xOwadPCsbzeb"
        + "yvXr76pRo62tRo0ZJCk4trIyGtyZZdrF+13G4f6r1T7z1L8N+CWC9+8LeRif4Z30lwzOpUKEIRQyMzMyOEIFCMUSSSQ9mrVe8noiRAIAAEERCSMsoFWr/ZMZneqABFVJVULtFAv3a5Ct"
        + "WrEdCbaIqqABFVJVW+VVma1Vr1wAQobVVVQAIqpKq9gsstKKrtaoCJOUEAAiIkQCAGVlZRDyOfJQpUk5vNHO5xJnImjo6J6Wl0iOSQzOpUhDJheHmRMzMjMzhCEInf9zcM5tbWJ73mZk"
        + "eZFERCREQzM62FhYVTqb7Y3u93uvXo1MbJYzuu6x5ccsfHdj48jdttjtWuxmh2JdiiInYF2dKI/EHZlwAO1DGAVqqIkwve7VVABDMiqqpKqzNaS169fwTM1XuQAiISZcQEG0Db5sV17F"
        + "gAbe8UDuAAiISZcQOwEu4AHqKqIiRUEAO3ACIhJ5kQGMZ5c1atgwhAARVSVV4KqoAIaDGAVq3KmRMJF1gBFVJVXFVVA3WJm5o0NDQIeL9/746PR6NLo9FM/PzyTppi6enpzSy9ulWrCE"
        + "Ch5iIiJzDM4ohIid6ly55UUTGqGcITsVDMzPmQhCJmRmfB4Pm+bi4u+sWN/W33Co5OTLkY9w8jIyIZJZOTkZDW9eXX8vqdS+hCEU3G4RERO05yJvIjti7ZrQBYsIns/nXg58QPzAAAM1"
        + "ETcxGJfDaVZqxmZgbYhnRVeCqqqrlgBre2n1q1b1ExmaqACGbFVxVVVVc1rQK/GAGFMuLnKoAIZcVXGVVVeymYq2LFjlmZquLzwERCTw4gYwAYxncRWxYREpqoGNqAIiEmrED88Z3Hzs"
        + "4Ueh0ul0uljaGhoJo6ONzNHR0dHpkeVp6ZySSciarVxnOcZnRiiIiUctEMzI8ySQzq1fGmhD8iCZxmfCiiIicLMRDP1dTg1MTE3u93u84XCbk5OTk4+Pw+Hw5ZeJxOJcxyx8f8HwjPY2"
        + "MPdePNCCJueiiX19EAAdrmgTPf3mHr64AHNXbKq0gB+dFVVV76kxnlxVaPjqoGNQAAGYiJiRAADGAcmxYxfGM4qtHOAAGYiJjRADWgWLBn+NmgdCIFGkAAM1ETvYjG5gGNNWMzMAD6cV"
        + "XhZ6qqr4gAa3uM+vXr0ZjM1UACpFV6f+Dd3d3d3eP8fWVln4ntl59eIV3FdtXUFzNfa/frNve962baAEvweDweAAkV1AkDMxSQAzMZEA3dk1ADNm6gBaqAEiqgSG7uoSAZmLIAbu7IgB"
        + "mSYoAKqAEtVAJFdQJAzMUkAMzGRAN3ZNQAzZuoAZlVznAAl4qASK6gSBmYpIAZmMiAbuyagBmzdQAtVACRVQJDd3UJAMzFkADMyRQDdk3UAFVACWqgEhu5qEgbu6kgBmYyIBu7JqAGbN"
        + "1AOcVADnFQAkVUCQMzFJAN3dZAAzMkUA3ZN1ABVQAlqoBIbuahIG7upIAZmMiAGZJigGsVAC1UAJFVAkDMxSQDd3WQAMzJFADNm6gBIAAGZigBIqoEgZmKSAbu6yABmZIoAZs3UALVQA"
        + "lqoBIbuahIBmYsgBu7siAGZJigGsVACKqASK6gSBmYpIBu7rIAGZkigBmzdQAkAACc4qASK6gSBmYpIBu7rIAGZkigBmzdQAtVACWqgEhu5qEgGZiyAG7uyIAZkmKACqgBLVQCRXUCQM"
        + "zFJADMxkQDd2TUAM2bqAGZlZmYAEtVAJDdzUJA3d1JADMxkQDd2TUAM2bqAFqoASKqBIbu6hIBmYsgAZmSKAbsm6gAqoAS1UAkN3NQkDd3UkAMzGRADMkxQDWKgKu7u6AEtVAJDdzUJA"
        + "3d1JADMxkQAzJMUA1ioAWqgBIqoEgZmKSAbu6yABmZIoBuybqACqgBLVQCQ3c1CQN3dSQAzMZEAMyTFANYqFqu7uoAS1UAkN3NQkDd3UkAMzGRADMkxQDWKgBaqAEiqgSBmYpIBu7rIA"
        + "GZkigBmzdQAtVACWqgEhu5qEgGZiyAG7uyIAZkmKAaxU5xUzMUAJaqASG7moSAZmLIAbu7IgBmSYoBrFQAiqgEiuoEgZmKSAbu6yABmZIoAZs3UALVQAlqoBIbuahIBmYsgBu7siAGZJ"
        + "igAqu7uoc4qAEtVAJDdzUJAMzFkAN3dkQAzJMUAFVACWqgEiuoEgZmKSAGZjIgG7smoAZs3UALVQAkVUCQ3d1CQDMxZADd3ZEAMyTFABV3d3QLVQAkVUCQ3d1CQDMxZADd3ZEAMyTFAB"
        + "VQAlqoBIrqBIGZikgBmYyIBu7JqAGbN1AC1UAJFVAkN3dQkAzMWQAMzJFAN2TdQAVrMzABVQAkVUCQ3d1CQDMxZAAzMkUA3ZN1ABVQAlqoBIbuahIG7upIAZmMiAbuyagBmzdQAtVACR"
        + "VQJDd3UJAMzFkADMyRQDdk3UAFquc4AG7uoASKqBIbu6hIBmYsgAZmSKAbsm6gAqoAS1UAkN3NQkDd3UkAMzGRADMkxQDWKgBaqAEiqgSBmYpIBu7rIAGZkigG7JuoAPZRZGBFVYhFVi"
        + "hFWwFZIY2qqyyc3vbdVSRvG3SSowASQ8baSbeNiVVVS4WACKqqxVVWSSSSSKrd3eRSSRzJNySVEBQzaTbrGbSbqqze9jqqSzbG6SVYxNiQGaxyKSXl3dqsCKqxCKrFCKswCqgDgBQaJo"
        + "ADQlgDYuNGAwSZg2JKsjd7WsXmResbUVMqTEEiEViqEWKqEZZVVZgtgAguYAFYUYVVVVYVMaDYaMKBCDCmcJN5VOb3tvKpqbiDGFhwAirBVVYEVViEVWKWkkmXdoQFxxBsDWzAKBccGA"
        + "HGuAMANcAYMQbDJUQEmXdqQLy7vLu5IrFUIsVUIyyrYCYFwtaqcqvWKTcqnpLG5QaRgGgODANMB5wGgCVhQAEMBsAEWYKqrBVVYEW7u8uTLu1Mkoub2WVTU3tx1SSMcbEnlOJ8CDB6Yk"
        + "BhpnABhokkkyaC4BIoRVioRWKoRYqoTGWAvIlegGxJU220llUN7SeVVG97byqa4te95lerVaqqFwDEIZAAsVVCSSSSRiqqsVVVsAFwtaqqr3q1rXve92kswAEkY22knKxvaTcqsN7AlB"
        + "mwBUIqxUIrFUIsVUIyyrd3fGuAAC9cAAxYbBlJY3GxJY6qPe0ZVUpvbMqhKBMciC5ay7u7u81d3arBVVYEVVikVUwqqQAwvVUzgNYAGhGBQaSTxttKaDGxJU3jvVrF7kuFhKkVWKEVYq"
        + "EViqTLvLvLuSpanFySR6kSADTOMADQjAoNBvA2IDGxJNvKkm0BlFzdyTLCMsqqswVVWCqqwIuIEyqnHYF1BcJtymLEAaoMNga2GBoFwBL1WZhmVVVKoLAEuIKsWIRVYoRVioRWKpaBC4"
        + "Wtdpte9Wta9zC972Sxym+EnjlBpBgaDQGBoCgyTUgXqCqgRiqhGWVVWYKqrBVu7WBcciVjqM2lHVUb3vJVUkbeR0JPbyOhAVguOAAx6kUkkyXd3d3eSZdqsQiqxQirFQitgDKkxxqqyy"
        + "am9tuqSRgAJJ422km8baSbeNiVVVS4WACKqqySSSSRVVWCrd3eSbkkqXJKkm4gBsSTbqsN7TdVSzexuqSWMTbSTeaxsSCZHIpJeTLtViEVWKEVYqEVmAFVAcAANEXAAw41xgACFgMaTy"
        + "DYknlR3xtYvMsiscaKmVU4gkUIsVUIyyqqzBVVYLmABAcAArCjCqqqrCpWQINGAzgQYUGkm8qmpvabxsSmgMuFmgIqwIqrEIqsUIqxW1ZJMu7QbCSogKBccGAD1wIwA1wBgw0IMKEBRk"
        + "3EATLu1JDMu7y7u4RYqoRllVVmCq2CUXC1qpyyKx2m5VPSWNygXBgGmAsA1QGGg0ASsKLABFzMAAIwVVWBFVYhG7u8u5Mu9zJKC97LKoSm3G6SWRxNiRg9NpJvJTOEBhoNAGGgkkmTUC"
        + "wJFQisVQixVQjLKqtpgAORJgNiSqhtpLHVD3tPKqkb23lUJWve8verVWNVDIAMiRyVVnrsMMMM1ms1+DRPXrMq8I8I7ne7PCNEC6qrsCnKaSmsHhXOAWJg3YmlN9ru6sGspG7EwcMMww"
        + "wbsrKUKehTSI3YlNJTV1dXV1jSAmCN3Xbtdl3YmlINZSXXa7qxuxMEbsrO11dlXShSYI3Z27XV3diaIFOU01dXV1ZTWCN2JV9rq7KaSmsaTZs3mq2wAKYQAKYEAKUgQKUgSSlAIDFAJI"
        + "xQAIxQAClJACmAQCmEgQpQgSMUAIMUAIMUAAphAAphJAKUgQKUgBKUCAMUAkjHTpJJJJJOknXv069IGZzudzud7srK7oU9rq7KswRuxNEC6w5wrlJTWNIDVVdgWYI3YmlN9ru6sGspG7"
        + "EwZBuwKWmkprBrtd1ZY3YlNJTV1dXV1jSAmCN3Xbtdl3YmlINZSXXa7qxuxMEbsrO11dlXShSYI3Z27XV3diaIFOU08OHK5XCmsEbsTwX06SSSSSSTp0YQAKYSQClIEClIASlAgDFAJI"
        + "xQAIxQACmBACmAQCmEgQpQgSMUAIMUAJKUAAphAAphJAKUgQKUkgSlAgSlAAjFAAi5JmZizKzGZmLMrMZmYsysxlZlm5Za3zczvtYHeu9eA73YmDhhmGGDdlZShTpw5XK4U1gjdiXLu7"
        + "KaSmsaQGqq7AswRuxNKegIUiI3YmiBdVV2BTlNJTWDXa7qyxuxKaSmrq6urrGkBMEbuu3a7LuxNKQaykuu13VjdiYI3ZWcrhzhXKUKTBG7ku7u7E0QNreb5tbza3m3KAAUwgAUwkgFKQ"
        + "IFKSQJSgQJSgARigARigAFMCAFMCSBShAhShABigEBigBJSgAFMIAFMAgFMAIFKSQJSgQJSgARigARtWZZlbllrZs3vetzZs2bmzc2bmzvdnc0pvtd3Vg1lI3YmDhhmXZwTQKcpp4cOV"
        + "yuFNYI3Yly7uymkprGkBkuxERuyspQp7XV2VZgjdiaIF1VXYFOU0lNYNdrurLG7EppKaurq6usaQEwRu+FVzhy7E0pBrKb7Xd1Y3YmCN2VnK4c4VylCkwRu/B069elK1tStaVrSmFStI"
        + "uwm7sIWEsIV6uwlggYKSmQJMEbsTSnlcMwrlYhSYI3cl3d3YmiBTlNPDhyuVwprBG7EppKQaaRuxMHDDMMMG7KylCntdXZVmCN2JogXVVdgU5TSU1g8K5yuHBuxKaSm+13dXWNICYI3f"
        + "Cq5w5diaUg1lN9ru6sbsTBG7KzwdOvXp069Z069enXr06d+nXp2w5371ldyu9YdzvdiXLu7KaSmsaQHSucrhy7EwRuys5XDnCuUoUmCN3Jd3d2JogU5TTIUgIiN2JpTfa7urBrKRuxMH"
        + "DDMMMG7KylCmqssKswRuxNEL7druwKcppKaweFc5XDg3YlNJTfa7urrGkBMEbvhVc4cuxNKQaynwdOvXp069Tp169OvXp079OvTtzuZzvdnc7ncCu+U08OHK5XCmsEbsTlcrnDl2IlIN"
        + "ZTfa7urG7EwRuys5XDnCuUoUmCN2N2JTSU1jSA1VXYFmCN2JpT2ursqwaykbsTDlcrnDgjdlZShTVWWFWYI3YmiF9u13YFOU0lNYPCucrhwbsSmkpvtd3V1jSAmCN34OnXr06der069e"
        + "nXr06d+nXp2DO+12zv3qq7nDTbuS7u7s00qq3kNORWiVNkwGXDAlJTICdyhpxZPAAQOZGJpiixDcCYmrDHMiwCAFDahqzTAiIABlwwE7lDgQoE4smOZGKYlTImmKLNpJpISQWGOZGMSI"
        + "gEk7Q0xNWHYVrKxYcyKG1DwaVrSla4FK1pWtKX0rSJvL1eXzJeK9Xii0qSVEtpJlhjmbCtZWLDmRQ2oZAQKzTAZcMCUlMgJ3KGnFk6DmRzIxiSdoaFBAmJqwxzIsAgBQ2oas0wIiAAZc"
        + "MBO5Q4EKBOLJjmRimJUyJpiizaSaSEkFhjmRjEiIBJO0NMTVh4NK1pStbUrWla0pfStIC69sBX3qL04smoIEDmRiaYoIEJJuGmJqw7CtZWLDmRQ2oZAQKzTAZcMDAwExQ20kywxzKiJk"
        + "mZGMSTtDQoIExNWGOZFgEAKG1DVmmBEQADLhgJ3KHAhQJxZMcyMUxKmRNMUWbSTSQkgsMcyMYlg0rWlK1dlZZt1ZWWfo2tZa0ay1rVWtazNa1kWmaWmaWmaWmWZWVjWs1rWa1rWtZrWs"
        + "ta1hpaWmmlpplmVlY0ata1rRrWtGta1rWta0szLMsmgCAECQgEJCSBJCBIRCSBIQkIASQIAmAICQQIAAQgAASA1ZNAAAAAJBiAIEYIJIGAxCBEkiASYIIBAQwEJEMCSQEiIQABAACREg"
        + "AgYIAgYCAgRAiAQQggQBDCEJEiISQmJCEJAQAkCETEAgRIAgYCAgRAggQQIwEBAoEASQhAJMzLMzMrVWZZZln/xdyRThQkDnTjyAQlpoORdyRThQkAAAAABCWmg5MUFZJlNZhEs75AAA"
        + "A9GAABBAAAZBBAAgADEMAQabQvAjlF3JFOFCQhEs75A=");

    [Fact]
    public void Blocks_runs_and_streams_one_after_another_are_unpacked()
    {
        using var data = new Bzip2Stream(new MemoryStream(Packed));
        using var text = new StreamReader(data);

        Assert.Equal(Text() + "the end\n", text.ReadToEnd());
    }

    [Fact]
    public void A_stream_that_is_cut_anywhere_ends_in_a_reason()
    {
        for (var length = 0; length < Packed.Length - 60; length += 7)
        {
            using var data = new Bzip2Stream(new MemoryStream(Packed[..length]));
            Assert.Throws<InvalidDataException>(() => data.CopyTo(Stream.Null));
        }
    }

    [Fact]
    public void What_follows_the_last_stream_and_is_none_is_damage()
    {
        using var data = new Bzip2Stream(new MemoryStream([.. Packed, (byte)'B', (byte)'Z']));
        Assert.Throws<InvalidDataException>(() => data.CopyTo(Stream.Null));
    }

    [Fact]
    public void A_file_of_streams_that_give_nothing_is_not_read_to_its_end()
    {
        byte[] empty = [(byte)'B', (byte)'Z', (byte)'h', (byte)'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0, 0, 0];
        using var data = new Bzip2Stream(new MemoryStream([.. Enumerable.Repeat(empty, 100_000).SelectMany(stream => stream)]));
        Assert.Contains("too many", Assert.Throws<InvalidDataException>(() => data.CopyTo(Stream.Null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_that_was_altered_is_found()
    {
        for (var at = 0; at < Packed.Length; at += 5)
        {
            var bytes = Packed.ToArray();
            bytes[at] ^= 0x55;
            using var data = new Bzip2Stream(new MemoryStream(bytes));
            using var text = new MemoryStream();
            try
            {
                data.CopyTo(text);
                Assert.Equal(Text() + "the end\n", Encoding.UTF8.GetString(text.ToArray()));
            }
            catch (InvalidDataException)
            {
                // Found.
            }
        }
    }

    private static string Text()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 3000; i++)
        {
            text.Append(i % 97).Append(' ').Append(i % 13).Append(' ').Append('x', i % 300).Append('\n');
        }

        return text.ToString();
    }
}
