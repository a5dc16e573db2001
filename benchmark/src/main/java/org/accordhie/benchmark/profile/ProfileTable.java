package org.accordhie.benchmark.profile;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Profiles as text that people read. */
public final class ProfileTable {

    private ProfileTable() {}

    /** One table for each workload, with a column for each server. */
    public static String of(List<Profile> profiles) {
        return profiles.stream()
                .map(Profile::workload)
                .distinct()
                .map(workload -> table(profiles.stream()
                        .filter(profile -> profile.workload().equals(workload))
                        .toList()))
                .collect(Collectors.joining("\n"));
    }

    private static String table(List<Profile> profiles) {
        var text = new StringBuilder("### " + profiles.get(0).workload() + "\n\n");
        text.append(line("where", profiles, Profile::server));
        text.append(line("---", profiles, profile -> "--:"));
        Arrays.stream(Part.values())
                .filter(part -> profiles.stream().anyMatch(profile -> profile.share(part) > 0))
                .forEach(part -> text.append(line(part.label(), profiles, profile -> percent(profile.share(part)))));
        text.append(line("samples", profiles, profile -> String.valueOf(profile.serving())));
        text.append(line("samples of other threads", profiles, profile -> String.valueOf(profile.elsewhere())));
        return text.toString();
    }

    private static String line(String name, List<Profile> profiles, Function<Profile, String> cell) {
        return profiles.stream().map(cell).collect(Collectors.joining(" | ", "| " + name + " | ", " |\n"));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share);
    }
}
