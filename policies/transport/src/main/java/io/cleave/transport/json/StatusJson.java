package io.cleave.transport.json;

import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Weights;
import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.Capacity;
import io.cleave.policies.wire.ControllerStatus;
import io.cleave.policies.wire.ModelReference;
import io.cleave.policies.wire.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who is there, as JSON: a {@link Status} with capabilities for a birth, without for a will or a
 * farewell, and the {@link ControllerStatus}.
 */
final class StatusJson {
  private static final TensorShape SCALAR = new TensorShape(List.of());
  private static final String ADDRESS = ".{1,253}:[1-9][0-9]{0,4}";
  private static final int HIGHEST_PORT = 65535;
  private static final String SHA256 = "[0-9a-f]{64}";
  private static final int HIGHEST_RANK = 8;

  private StatusJson() {}

  static void write(FieldWriter to, Status status) {
    to.agent("agent", status.agent()).count("epoch", status.epoch());
    status.capabilities().ifPresent(can -> writeCapabilities(to.object("capabilities"), can));
  }

  static Status read(Fields from) {
    return new Status(
        from.agent("agent"),
        from.count("epoch", 0),
        from.optionalObject("capabilities").map(StatusJson::readCapabilities));
  }

  static void write(FieldWriter to, ControllerStatus status) {
    to.agent("site", status.site()).flag("online", status.online());
  }

  static ControllerStatus readController(Fields from) {
    return new ControllerStatus(from.agent("site"), from.flag("online"));
  }

  private static void writeCapabilities(FieldWriter to, Capabilities can) {
    to.text("deviceClass", can.deviceClass(), WireLimits.TITLE_CHARS).flag("paced", can.paced());
    can.device()
        .ifPresent(
            wish -> {
              FieldWriter device = to.object("device");
              writeModel(device.object("model"), wish.model());
              writeDemand(device.object("demand"), wish.demand());
            });
    can.server().ifPresent(serving -> writeServing(to, serving));
  }

  private static void writeServing(FieldWriter to, Capabilities.Serving serving) {
    to.text("dataAddress", address(serving.dataAddress()), WireLimits.CHARS);
    Capacity capacity = serving.capacity();
    if (!capacity.equals(Capacity.ANY)) {
      FieldWriter most = to.object("capacity");
      if (capacity.devices() < Capacity.ANY.devices()) {
        most.count("devices", capacity.devices());
      }
      if (capacity.modelBytes() < Capacity.ANY.modelBytes()) {
        most.count("modelBytes", capacity.modelBytes());
      }
      most.numberUnlessInfinite(
          "accessBitsPerSecond", capacity.accessBitsPerSecond(), Range.ABOVE_0);
    }
  }

  private static Capabilities readCapabilities(Fields from) {
    return from.built(
        () ->
            new Capabilities(
                from.text("deviceClass", WireLimits.TITLE_CHARS),
                from.flag("paced"),
                from.optionalObject("device").map(StatusJson::readWish),
                from.has("dataAddress") ? Optional.of(readServing(from)) : Optional.empty()));
  }

  private static Capabilities.Serving readServing(Fields from) {
    return new Capabilities.Serving(
        from.form("dataAddress", StatusJson::address),
        from.optionalObject("capacity").map(StatusJson::readCapacity).orElse(Capacity.ANY));
  }

  private static Capacity readCapacity(Fields from) {
    return new Capacity(
        from.has("devices")
            ? (int) from.count("devices", 0, Capacity.ANY.devices() - 1L)
            : Capacity.ANY.devices(),
        from.has("modelBytes") ? from.count("modelBytes", 0) : Capacity.ANY.modelBytes(),
        from.numberOrInfinity("accessBitsPerSecond", Range.ABOVE_0));
  }

  private static Capabilities.Wish readWish(Fields from) {
    return new Capabilities.Wish(
        readModel(from.object("model")), readDemand(from.object("demand")));
  }

  private static void writeModel(FieldWriter to, ModelReference model) {
    Map<String, String> shapes = new TreeMap<>();
    model
        .inputShapes()
        .forEach((input, shape) -> shapes.put(input, shape(shape.toString()).toString()));
    to.text("source", model.source(), WireLimits.TITLE_CHARS)
        .text("sha256", model.sha256(), WireLimits.TITLE_CHARS)
        .map("inputShapes", shapes, WireLimits.INPUTS);
  }

  private static ModelReference readModel(Fields from) {
    return from.built(
        () ->
            new ModelReference(
                from.text("source", WireLimits.TITLE_CHARS),
                from.form("sha256", StatusJson::digest),
                from.forms("inputShapes", WireLimits.INPUTS, StatusJson::shape)));
  }

  private static void writeDemand(FieldWriter to, Demand demand) {
    to.number("framesPerSecond", demand.framesPerSecond(), Range.ABOVE_0)
        .numberUnlessInfinite("deadlineSeconds", demand.deadlineSeconds(), Range.ABOVE_0)
        .number("secondsPerJoule", demand.weights().perJoule(), Range.AT_LEAST_0)
        .numberUnlessZero("secondsPerPoint", demand.weights().perPoint(), Range.AT_LEAST_0)
        .numberUnlessZero(
            "secondsPerServerSecond", demand.weights().perServerSecond(), Range.AT_LEAST_0)
        .number("gapVariation", demand.gapVariation(), Range.SHARE)
        .numberUnlessInfinite("boundSeconds", demand.bounds().seconds(), Range.ABOVE_0)
        .numberUnlessInfinite("boundLossPoints", demand.bounds().lossPoints(), Range.AT_LEAST_0)
        .numberUnlessInfinite("boundWatts", demand.bounds().watts(), Range.ABOVE_0);
  }

  private static Demand readDemand(Fields from) {
    return new Demand(
        from.number("framesPerSecond", Range.ABOVE_0),
        from.numberOrInfinity("deadlineSeconds", Range.ABOVE_0),
        new Weights(
            from.number("secondsPerJoule", Range.AT_LEAST_0),
            from.numberOrZero("secondsPerPoint", Range.AT_LEAST_0),
            from.numberOrZero("secondsPerServerSecond", Range.AT_LEAST_0)),
        from.number("gapVariation", Range.SHARE),
        new Bounds(
            from.numberOrInfinity("boundSeconds", Range.ABOVE_0),
            from.numberOrInfinity("boundLossPoints", Range.AT_LEAST_0),
            from.numberOrInfinity("boundWatts", Range.ABOVE_0)));
  }

  private static String address(String text) {
    int colon = text.lastIndexOf(':');
    if (!text.matches(ADDRESS) || Integer.parseInt(text.substring(colon + 1)) > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "An address is host:port with a port in 1..%d, not '%s'."
              .formatted(HIGHEST_PORT, MalformedMessage.shown(text)));
    }
    return text;
  }

  private static String digest(String text) {
    if (!text.matches(SHA256)) {
      throw new IllegalArgumentException(
          "A digest has 64 lower-case hexadecimal digits, not '%s'."
              .formatted(MalformedMessage.shown(text)));
    }
    return text;
  }

  /** Few enough axes and elements that nobody overflows who multiplies them. */
  private static TensorShape shape(String text) {
    TensorShape shape = text.equals(SCALAR.toString()) ? SCALAR : TensorShape.parse(text);
    double elements =
        shape.dims().stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
    if (shape.rank() > HIGHEST_RANK || elements > WireLimits.COUNT) {
      throw new IllegalArgumentException(
          "A shape has at most %d axes and %d elements, not '%s'."
              .formatted(HIGHEST_RANK, WireLimits.COUNT, MalformedMessage.shown(text)));
    }
    return shape;
  }
}
