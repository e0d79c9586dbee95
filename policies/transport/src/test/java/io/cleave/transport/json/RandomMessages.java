package io.cleave.transport.json;

import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.cost.Energy;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.cost.Latency;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.plan.Weights;
import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.Capacity;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.FrameReport;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.MachineReport;
import io.cleave.policies.wire.ModelReference;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.RunReport;
import io.cleave.policies.wire.Stamp;
import io.cleave.policies.wire.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Messages of every form that the records allow, by seed. */
final class RandomMessages {
  static final Instant NOW = Instant.parse("2026-11-25T03:00:00.123456789Z");

  private final Random random;
  private final boolean full;

  private RandomMessages(Random random, boolean full) {
    this.random = random;
    this.full = full;
  }

  /** Of all that the records allow. */
  RandomMessages(long seed) {
    this(random(seed), false);
  }

  /**
   * In which each thing is there that may be missing, no list is empty, and nothing is endless:
   * among them soon is one in which each field is. Which codecs, and who shares what how, is drawn.
   */
  static RandomMessages full(long seed) {
    return new RandomMessages(random(seed), true);
  }

  /** Small seeds alone would all draw the same first number. */
  static Random random(long seed) {
    return new Random(seed * 0x9E3779B97F4A7C15L);
  }

  Report report() {
    return new Report(
        agent(),
        new Stamp(count(), count()),
        new LoadReport(quantity(), positive(), memoryBytes()),
        list(5, this::link),
        list(20, () -> new RunReport(title(), layers(200), positive())),
        count(),
        new FrameReport(
            counts(),
            maybe(this::answers).orElse(FrameReport.Answers.NONE),
            list(20, this::answered)),
        maybe(this::machine));
  }

  Status status() {
    return new Status(agent(), count(), maybe(this::capabilities));
  }

  Decision decision() {
    List<String> servers = list(4, this::agent);
    return new Decision(
        agent(),
        1 + random.nextInt(1000),
        servers,
        table(servers.size()),
        NOW.plusNanos(random.nextLong(1_000_000_000_000_000L)),
        new Decision.Grounds(oneOf(Reason.values()), title(), estimate()));
  }

  private long memoryBytes() {
    return present() ? count() : LoadReport.UNLIMITED;
  }

  private PlanTable table(int servers) {
    List<PlanTable.Entry> entries = list(8, () -> entry(servers));
    entries.add(entry(servers));
    double[] breakpoints =
        DoubleStream.generate(this::positive).limit(entries.size() - 1).sorted().toArray();
    return PlanTable.of(entries, breakpoints);
  }

  private PlanTable.Entry entry(int servers) {
    BitSet near = new BitSet();
    near.set(0, 1 + random.nextInt(50));
    Stage first =
        random.nextInt(10) > 0
            ? Stage.eightBits(LayerSet.of(near))
            : new Stage(Stage.DEVICE, LayerSet.of(near));
    List<Stage> stages = new ArrayList<>(List.of(first));
    stages.addAll(list(3, () -> stage(servers)));
    Codec codec = oneOf(Codec.values());
    return new PlanTable.Entry(
        new Plan(stages, codec, new Hedge(endless()), maybe(this::rule)),
        endless(),
        random.nextInt(100) * 8.0);
  }

  private Stage stage(int servers) {
    Stage alone = new Stage(random.nextInt(servers + 1), layers(300));
    boolean shareable = alone.node() == Stage.DEVICE && !alone.layers().contains(0);
    return shareable && random.nextBoolean()
        ? Stage.shared(alone.layers(), new RandomSharing(random).of(alone.layers(), servers))
        : alone;
  }

  private ExitRule rule() {
    ExitSignal signal = oneOf(ExitSignal.values());
    int classes = 2 + random.nextInt(1000);
    List<Integer> places = new ArrayList<>();
    List<Double> thresholds = new ArrayList<>();
    int exits = 1 + random.nextInt(5);
    for (int i = 0; i < exits; i++) {
      places.add(random.nextInt(10) + (i == 0 ? 0 : 1 + places.get(i - 1)));
    }
    double least = signal.least(classes);
    for (int i = 1; i < exits; i++) {
      thresholds.add(least + random.nextDouble() * (signal.greatest(classes) - least));
    }
    return new ExitRule(signal, classes, places, thresholds);
  }

  private Estimate estimate() {
    Latency way = new Latency(endless(), endless(), endless(), endless(), endless(), endless());
    return new Estimate(
        way, endless(), new Energy(endless(), endless(), endless()), endless(), endless());
  }

  private LinkReport link() {
    List<Double> ratios =
        DoubleStream.generate(this::quantity)
            .limit(1 + random.nextInt(15))
            .sorted()
            .boxed()
            .toList();
    return new LinkReport(agent(), quantity(), quantity(), quantity(), ratios);
  }

  private FrameReport.Counts counts() {
    long submitted = count();
    return new FrameReport.Counts(
        submitted, random.nextLong(submitted + 1), count(), count(), count());
  }

  private FrameReport.Answers answers() {
    long labelled = count();
    return new FrameReport.Answers(list(5, this::count), labelled, random.nextLong(labelled + 1));
  }

  private FrameReport.Answered answered() {
    return new FrameReport.Answered(quantity(), endless(), count());
  }

  private MachineReport machine() {
    return new MachineReport(
        random.nextDouble(),
        count(),
        present() ? OptionalDouble.of(random.nextDouble()) : OptionalDouble.empty(),
        maybe(() -> new MachineReport.Held(count(), count())));
  }

  private Capabilities capabilities() {
    Optional<Capabilities.Wish> device = maybe(this::wish);
    String address = "edge-" + count() + ".example:" + (1 + random.nextInt(65535));
    Capacity capacity =
        new Capacity(
            present() ? random.nextInt(1_000) : Capacity.ANY.devices(),
            present() ? count() : Capacity.ANY.modelBytes(),
            present() ? positive() : Double.POSITIVE_INFINITY);
    return new Capabilities(
        title(),
        random.nextBoolean(),
        device,
        device.isPresent() && !present()
            ? Optional.empty()
            : Optional.of(new Capabilities.Serving(address, capacity)));
  }

  private Capabilities.Wish wish() {
    String digest = "%016x".formatted(random.nextLong()).repeat(4);
    Map<String, TensorShape> shapes = new HashMap<>();
    list(3, () -> shapes.put(title(), new TensorShape(list(5, () -> 1L + random.nextInt(300)))));
    Demand demand =
        new Demand(
            positive(),
            present() ? positive() : Double.POSITIVE_INFINITY,
            new Weights(quantity(), present() ? quantity() : 0, present() ? quantity() : 0),
            random.nextDouble(),
            new Bounds(bound(), endless(), bound()));
    return new Capabilities.Wish(new ModelReference(title(), digest, shapes), demand);
  }

  private LayerSet layers(int most) {
    BitSet bits = new BitSet();
    bits.set(random.nextInt(most));
    int ranges = random.nextInt(5);
    for (int i = 0; i < ranges; i++) {
      int first = random.nextInt(most);
      bits.set(first, first + 1 + random.nextInt(20));
    }
    return LayerSet.of(bits);
  }

  private String agent() {
    String name = "aZ9._-camera".substring(random.nextInt(3)) + random.nextInt(1000);
    return Character.isLetterOrDigit(name.charAt(0)) ? name : "x" + name;
  }

  /**
   * Printable text with quotes, backslashes, other scripts and characters beyond the basic plane.
   */
  private String title() {
    String alphabet = "aZ \"\\/{}[],:äß中\u2028🙂";
    int[] letters = alphabet.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i >= 0; i--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  private long count() {
    return random.nextLong(1L << (1 + random.nextInt(53)));
  }

  private double quantity() {
    return random.nextInt(8) == 0 ? 0 : positive();
  }

  private double positive() {
    return Math.pow(10, random.nextInt(27) - 12) * (1 - random.nextDouble());
  }

  private boolean present() {
    return full || random.nextBoolean();
  }

  private double bound() {
    return present() ? positive() : Double.POSITIVE_INFINITY;
  }

  private double endless() {
    return !full && random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : quantity();
  }

  private <T> T oneOf(T[] all) {
    return all[random.nextInt(all.length)];
  }

  private <T> Optional<T> maybe(Supplier<T> one) {
    return !full && random.nextInt(4) == 0 ? Optional.empty() : Optional.of(one.get());
  }

  private <T> List<T> list(int most, Supplier<T> one) {
    int size = full ? 1 + random.nextInt(most) : random.nextInt(most + 1);
    return new ArrayList<>(Stream.generate(one).limit(size).toList());
  }
}
