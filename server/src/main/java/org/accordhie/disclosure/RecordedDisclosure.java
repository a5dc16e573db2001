package org.accordhie.disclosure;

import org.jspecify.annotations.Nullable;

/**
 * A disclosure that was made elsewhere, as it is reported.
 *
 * @param disclosure what is told of it
 * @param patient whom it is about, as {@code Patient/[id]}
 * @param identifier what the reporter calls it; null where it says nothing
 * @param consent the consent it rests on, as the reporter refers to it; null where it names none
 * @param event the report as it came
 */
public record RecordedDisclosure(
        Disclosure disclosure,
        String patient,
        @Nullable String identifier,
        @Nullable String consent,
        String event) {}
