package org.accordhie.vocabulary;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of a few values in their order, which can be walked by index: a decision walks hundreds of them, and an
 * iterator for each would be most of what it costs.
 *
 * @param <T> what it holds
 */
public final class SmallSet<T> extends AbstractSet<T> {

    /** As many values as are found sooner by looking at each. */
    private static final int FEW = 8;

    private final List<T> values;
    private final @Nullable Set<T> hashed;

    private SmallSet(Collection<T> distinct) {
        values = List.copyOf(distinct);
        hashed = values.size() > FEW ? Set.copyOf(distinct) : null;
    }

    /** The values in their natural order. */
    public static <T extends Comparable<? super T>> Set<T> of(Collection<? extends T> values) {
        return of(values, Comparator.naturalOrder());
    }

    /** The values in an order that tells each from every other. */
    public static <T> Set<T> of(Collection<? extends T> values, Comparator<? super T> order) {
        if (isInOrder(values, order)) {
            return new SmallSet<>(List.copyOf(values));
        }
        var sorted = new TreeSet<T>(order);
        sorted.addAll(values);
        return new SmallSet<>(sorted);
    }

    /** Whether these are as they are to be, which what was kept of such a set is. */
    private static <T> boolean isInOrder(Collection<? extends T> values, Comparator<? super T> order) {
        var remaining = values.iterator();
        if (!remaining.hasNext()) {
            return true;
        }
        T before = remaining.next();
        while (remaining.hasNext()) {
            T next = remaining.next();
            if (order.compare(before, next) >= 0) {
                return false;
            }
            before = next;
        }
        return true;
    }

    /** The value at a place of a set that is made here. */
    public static <T> T get(Set<T> small, int index) {
        return ((SmallSet<T>) small).values.get(index);
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public boolean contains(@Nullable Object value) {
        if (value == null) {
            return false;
        }
        return hashed == null ? values.contains(value) : hashed.contains(value);
    }

    @Override
    public Iterator<T> iterator() {
        return values.iterator();
    }
}
