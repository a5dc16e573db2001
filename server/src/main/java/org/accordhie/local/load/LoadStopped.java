package org.accordhie.local.load;

/** The load cannot go on: no file is at fault. Started again, it goes on where it stopped. */
final class LoadStopped extends Exception {

    private static final long serialVersionUID = 1L;

    LoadStopped(String reason) {
        super(reason);
    }
}
