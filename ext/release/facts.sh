# Sourced by the scripts of a release: what they all say of it. The version stands in ext/kefu.h, the day
# in the newest entry of ext/release/changelog. Wants the top of the sources as the current folder.

release_version=$(sed -n 's/^#define KEFU_VERSION "\(.*\)"/\1/p' ext/kefu.h)
release_date=$(sed -n 's/^ -- .*>  //p' ext/release/changelog | head -n 1)
: "${SOURCE_DATE_EPOCH:=$(date -u -d "$release_date" +%s)}"
export SOURCE_DATE_EPOCH

# Copies a file with its blanks filled in: @VERSION@, @DATE@ and, where they are set, the target's.
release_fill() {
    sed -e "s/@VERSION@/$release_version/g" -e "s/@DATE@/$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)/g" \
        -e "s/@DEBIAN_CPU@/${debian_cpu:-}/g" -e "s/@GLIBC@/${glibc:-}/g" "$1"
}
