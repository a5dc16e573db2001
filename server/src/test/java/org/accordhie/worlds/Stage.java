package org.accordhie.worlds;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.accordhie.worlds.Cast.Fate;
import org.accordhie.worlds.Cast.Thing;

/** What stories are made of: people with names of their own, things that are told of, and what happens, in threads. */
abstract class Stage {

    static final String HOSPITAL = "dev-lakeside-hospital";

    final Random random;
    final String pair;
    final List<Deque<Deed>> threads = new ArrayList<>();
    /** What happens once everybody has arrived. */
    final List<Deed> end = new ArrayList<>();

    private final Cast cast;

    /**
     * A stage.
     *
     * @param seed for chance, and for the names
     * @param cast takes what appears
     */
    Stage(long seed, Cast cast) {
        this.random = new Random(seed);
        this.pair = "s" + seed;
        this.cast = cast;
    }

    /** All in the order in which it happened; what belongs to one patient stays in its order. */
    final List<Deed> deeds() {
        var deeds = new ArrayList<Deed>();
        while (threads.stream().anyMatch(thread -> !thread.isEmpty())) {
            var thread = threads.get(random.nextInt(threads.size()));
            if (!thread.isEmpty()) {
                deeds.add(thread.remove());
            }
        }
        deeds.addAll(end);
        return deeds;
    }

    final Deque<Deed> threadOf(String person) {
        return threads.stream()
                .filter(each -> each.stream().anyMatch(deed -> deed.body().contains("-" + person + "\"")))
                .findFirst()
                .orElseThrow();
    }

    final Deed post(Thing thing, String resource) {
        return Deed.of(HOSPITAL, "POST", "", bundleOf(thing, resource), thing.name());
    }

    final String bundleOf(Thing thing, String resource) {
        var id = UUID.nameUUIDFromBytes(thing.name().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return Records.bundle(Records.entry(thing.type(), id.toString(), resource));
    }

    final Thing thing(String person, String what, String type, Fate fate) {
        var thing = new Thing(name(person, what), type, fate);
        if (!cast.all().contains(thing)) {
            cast.add(thing);
        }
        return thing;
    }

    final String name(String person, String what) {
        return pair + "-" + person + "-" + what;
    }

    final String pick(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }

    final String value() {
        return random.nextInt(90, 180) + ".5";
    }

    final String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
