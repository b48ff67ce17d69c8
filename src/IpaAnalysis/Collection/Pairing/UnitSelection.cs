using IpaAnalysis.Collection.Scanning;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Records;

namespace IpaAnalysis.Collection.Pairing;

/// <summary>Decides which objects are units and counts the others by what they are.</summary>
internal sealed class UnitSelection(List<Candidate> candidates, UnrecordedObjects unrecorded)
{
    /// <summary>
    /// Whether the tree was built with the dump option. If so, kernel C without it was left out on purpose
    /// (boot parts, firmware); if not, the option was forgotten and every object lacks its dump.
    /// </summary>
    private readonly bool _anyHasOption = candidates.Exists(static c => c is { IsCCompile: true, Command: KbuildCommand { DumpsClones: true } });

    private int _linked;
    private int _assembler;
    private int _host;
    private int _withoutOption;
    private int _copies;
    private int _unknown;

    /// <summary>The units, in the order of the candidates.</summary>
    public List<Candidate> Select(out NotUnits notUnits)
    {
        var units = candidates.FindAll(IsUnit);
        units.AddRange(unrecorded.Archived());
        units.Sort(static (x, y) => Utf8Order.Instance.Compare(x.RelativePath, y.RelativePath));
        notUnits = new NotUnits
        {
            Linked = _linked,
            Assembler = _assembler,
            Host = _host,
            WithoutOption = _withoutOption,
            Copies = _copies,
            Unknown = _unknown,
        };
        return units;
    }

    private bool IsUnit(Candidate candidate)
    {
        var hasDump = candidate.DumpPath is not null || candidate.SharesDump;
        switch (candidate.Command?.Kind)
        {
            case CommandKind.CCompile when hasDump || candidate.IsLto || candidate.Command is not KbuildCommand { DumpsClones: false } || !_anyHasOption:
                return true;
            case CommandKind.CCompile:
                _withoutOption++;
                return false;
            case CommandKind.Assembler:
                _assembler++;
                return false;
            case CommandKind.Link:
                _linked++;
                return false;
            case CommandKind.Host:
                _host++;
                return false;
            default:
                return hasDump || IsUnrecordedUnit(candidate);
        }
    }

    private bool IsUnrecordedUnit(Candidate candidate)
    {
        var nature = candidate.IsCopy ? ObjectNature.Copy : unrecorded.Judge(candidate);
        switch (nature)
        {
            case ObjectNature.Copy:
                _copies++;
                break;
            case ObjectNature.Host:
                _host++;
                break;
            case ObjectNature.Linked:
                _linked++;
                break;
            case ObjectNature.Unknown:
                _unknown++;
                break;
        }

        return nature == ObjectNature.Unit;
    }
}
