package org.accordhie.smart;

import org.jspecify.annotations.Nullable;

/**
 * What the authorization server put in context beside the scopes.
 *
 * <p>Source: SMART App Launch 2.2.0, "Launch context arrives with your access_token".
 *
 * @param patient the patient {@code patient/} scopes are about, as {@code Patient/[id]}; null where there is none
 */
public record LaunchContext(@Nullable String patient) {

    /** No patient in context. */
    public static final LaunchContext NONE = new LaunchContext(null);
}
