package org.accordhie.fhirserver;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which accesses are brought before a human. The rules are in words in {@code docs/access-review.md}.
 *
 * @param nightly whether each day is looked at by itself, once it has ended
 * @param settle how long after its end a day is left alone, so that all of it is there
 * @param off the rules that are not asked, by their codes
 * @param relationshipDays how far from an access what shows a treatment relationship may lie
 * @param volumePatients below so many patients a day nobody stands out
 * @param volumeFactor how many times their own and their peers' usual day is out of the ordinary
 * @param refusals below so many refused requests a day nobody stands out
 * @param refusalPercent how much of a day's requests must be refused
 * @param outlierCount below so many emergencies a month nobody stands out
 * @param outlierFactor how many times the middle one of that month is out of the ordinary
 */
public record ReviewProperties(
        @DefaultValue("true") boolean nightly,

        @DurationMin(minutes = 1) @DurationMax(hours = 24) @DefaultValue("15m")
        Duration settle,

        @DefaultValue Set<@NotBlank String> off,
        @Min(1) @Max(3650) @DefaultValue("365") int relationshipDays,
        @Min(1) @Max(1_000_000) @DefaultValue("30") int volumePatients,
        @Min(2) @Max(1000) @DefaultValue("3") int volumeFactor,
        @Min(1) @Max(1_000_000) @DefaultValue("20") int refusals,
        @Min(1) @Max(100) @DefaultValue("50") int refusalPercent,
        @Min(1) @Max(1_000_000) @DefaultValue("5") int outlierCount,
        @Min(2) @Max(1000) @DefaultValue("3") int outlierFactor) {

    public ReviewProperties {
        off = Set.copyOf(off);
    }
}
