package org.accordhie.review;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody as the directory or the record has them, in a form that can be compared.
 *
 * @param surnames their surnames and the parts of double ones, by {@link PersonNames#surnames}
 * @param fullNames their given and last names together, by {@link PersonNames#fullName}
 * @param birthDate null where it is not said
 * @param identifiers as {@code [system]|[value]}
 * @param addresses where they live, by {@link PersonNames#address}
 * @param isVip whether a security label of theirs says that they are widely known
 */
public record Person(
        Set<String> surnames,
        Set<String> fullNames,
        @Nullable LocalDate birthDate,
        Set<String> identifiers,
        Set<String> addresses,
        boolean isVip) {

    public Person {
        surnames = Set.copyOf(surnames);
        fullNames = Set.copyOf(fullNames);
        identifiers = Set.copyOf(identifiers);
        addresses = Set.copyOf(addresses);
    }

    boolean sharesSurnameWith(Person other) {
        return shares(surnames, other.surnames);
    }

    boolean livesWith(Person other) {
        return shares(addresses, other.addresses);
    }

    boolean is(Person other) {
        var sameBirth = birthDate != null && birthDate.equals(other.birthDate);
        return shares(identifiers, other.identifiers) || (sameBirth && shares(fullNames, other.fullNames));
    }

    private static boolean shares(Set<String> some, Set<String> others) {
        return !Collections.disjoint(some, others);
    }
}
