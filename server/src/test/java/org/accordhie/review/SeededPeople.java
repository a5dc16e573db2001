package org.accordhie.review;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * People of a made-up town, written down as carelessly as real ones are: surnames are unevenly common, spouses may keep theirs,
 * houses have several flats, and every second entry lacks something or spells it differently.
 *
 * @param random decides
 */
record SeededPeople(Random random) {

    private static final List<String> COMMON =
            List.of("Smith", "Johnson", "Garcia", "Nguyen", "Müller", "O'Brien", "Kim", "Lee");
    private static final List<String> STREETS =
            List.of("Oak Street", "Lake Avenue", "Mill Road", "Park Lane", "Hill Drive");
    private static final List<String> GIVEN =
            List.of("Ann", "Bob", "Carla", "David", "Eva", "Frank", "Gina", "Hugo", "Ida", "José", "Kate", "Liam");

    /**
     * A person as they are.
     *
     * @param surname theirs
     * @param given theirs
     * @param born when
     * @param house the number and the street
     * @param flat in that house
     * @param number a number that is theirs alone
     */
    record Real(String surname, String given, LocalDate born, String house, int flat, int number) {}

    Real somebody() {
        return new Real(
                surname(),
                pick(GIVEN),
                LocalDate.of(1930, 1, 1).plusDays(random.nextInt(30_000)),
                (1 + random.nextInt(400)) + " " + pick(STREETS),
                1 + random.nextInt(4),
                random.nextInt());
    }

    /** Somebody of the same household; two in three have the name. */
    Real relativeOf(Real one) {
        var other = somebody();
        var moved = chance(40);
        return new Real(
                chance(67) ? one.surname() : other.surname(),
                other.given(),
                other.born(),
                moved ? other.house() : one.house(),
                moved ? other.flat() : one.flat(),
                other.number());
    }

    /** The person as some register has them. */
    Person written(Real real, boolean vip) {
        var surname = chance(10) ? real.surname() + "-" + surname() : spelled(real.surname());
        var line = chance(20) ? real.house() : real.house() + " Apartment " + real.flat();
        var address = chance(10) ? Set.<String>of() : Set.of(PersonNames.address(abbreviated(line), "48104"));
        var identifiers = new HashSet<String>();
        if (chance(50)) {
            identifiers.add("urn:person|" + real.number());
        }
        return new Person(
                PersonNames.surnames(surname),
                Set.of(PersonNames.fullName(spelled(real.given()), surname)),
                chance(5) ? null : real.born(),
                identifiers,
                address,
                vip);
    }

    private String surname() {
        return chance(25)
                ? pick(COMMON)
                : "Name" + (char) ('a' + random.nextInt(26)) + (char) ('a' + random.nextInt(26));
    }

    private String spelled(String name) {
        return chance(30) ? name.toUpperCase(Locale.ROOT) : name.replace("ü", chance(50) ? "u" : "ü");
    }

    private String abbreviated(String line) {
        return chance(50)
                ? line.replace("Street", "St.").replace("Avenue", "Ave").replace("Apartment", "Apt.")
                : line;
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
