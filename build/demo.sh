#!/usr/bin/env bash
# The README's demonstration: packs the package, builds the QuickStart sample with it and explains one function.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=build/lib.sh
source "$root/build/lib.sh"

function=find_record
packages=$root/artifacts/packages
demo=$root/artifacts/demo
# A new version each time: NuGet never looks again at a version it has seen.
version=0.1.0-demo.$(date -u +%Y%m%d%H%M%S).$$

need_dotnet
missing=()
have_gcc gcc || missing+=(gcc libc6-dev)
have make || missing+=(make)
install_packages "${missing[@]}"

say "Packing IpaAnalysis.MSBuild $version"
mkdir -p "$packages"
dotnet pack "$root/nuget/IpaAnalysis.MSBuild.csproj" -p:Version="$version" -o "$packages" \
    -nodeReuse:false -tl:off -v:quiet

# The sample is copied out of the repository's tree, with the files that cut it off from the repository's own settings.
rm -rf "$demo"
mkdir -p "$demo"
cp -R "$root/tests/Samples/QuickStart" "$root/tests/Samples/Directory.Build.props" \
    "$root/tests/Samples/Directory.Build.targets" "$demo/"
rm -rf "$demo/QuickStart/bin" "$demo/QuickStart/obj"
# Adds the packed package to whatever sources this machine is configured for.
cat >"$demo/nuget.config" <<'CONFIG'
<configuration>
  <packageSources>
    <add key="ipa-analysis-demo" value="../packages" />
  </packageSources>
</configuration>
CONFIG
# The demo's versions stay out of the user's package cache.
export NUGET_PACKAGES=$demo/nuget-packages

cd "$demo/QuickStart"
say "Building $demo/QuickStart"
dotnet build -p:IpaAnalysisVersion="$version" -nodeReuse:false -tl:off

say "Explaining $function"
dotnet build -t:IpaExplain -p:IpaFunction="$function" -p:IpaAnalysisVersion="$version" -nodeReuse:false -tl:off

manifest=$(find "$demo/QuickStart/bin" -name affected-functions.json -print -quit)
[[ -n $manifest ]] || fail "The build wrote no manifest."
say "The affected-functions manifest: $manifest"
say "Its first lines:"
head -n 20 "$manifest"
