package org.accordhie.consent;

/** The pack that is active by default, for tests of other packages. */
public final class ShippedPack {

    /** The United States opt-out exchange. */
    public static final ReleasePolicy US_OPT_OUT = Packs.US_OPT_OUT;

    private ShippedPack() {}
}
