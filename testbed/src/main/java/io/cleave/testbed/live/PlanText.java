package io.cleave.testbed.live;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the stages of a frames file: {@code device:0-5|edge-1:6-12,15}, pieces of one stage as
 * {@code device[2:0-7]+edge-1[2:8-15]:1-5}, tiles as {@code edge-1[2:0-7x3:8-15]}, summands as
 * {@code edge-1[+1:8-15]}, tiles made apart as {@code edge-1[~2:0-7x3:8-15]}, tiles of a
 * checkerboard as {@code edge-1[#2:0-7x3:8-15]}, eight bits as {@code device/int8:0-5}.
 */
final class PlanText {
  private static final Pattern PIECE = Pattern.compile("(.+)\\[([^\\[\\]]+)]");
  private static final String CHECKERED = Piece.Kind.CHECKERED.mark();
  private static final Pattern STRIP = Pattern.compile("(\\d{1,6}):(\\d{1,9})-(\\d{1,9})");

  private static final String EIGHT_BITS = "/int8";

  private final List<String> servers;

  /**
   * @param servers by node number minus one; whoever else is named is the device
   */
  PlanText(List<String> servers) {
    this.servers = List.copyOf(servers);
  }

  /**
   * The stages, first to last.
   *
   * @throws IllegalArgumentException if the text says something else
   */
  List<Stage> stages(String text) {
    List<Stage> stages = new ArrayList<>();
    for (String part : text.split("\\|", -1)) {
      int colon = part.lastIndexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException(
            "A stage is written like device:0-5, not \"%s\".".formatted(part));
      }
      String where = part.substring(0, colon);
      LayerSet layers = layers(part.substring(colon + 1));
      stages.add(stage(where, layers));
    }
    return stages;
  }

  private Stage stage(String where, LayerSet layers) {
    if (where.endsWith(EIGHT_BITS)) {
      return Stage.eightBits(layers);
    }
    return where.endsWith("]")
        ? Stage.shared(layers, sharing(where))
        : new Stage(node(where), layers);
  }

  private int node(String name) {
    return servers.indexOf(name) + 1;
  }

  private Sharing sharing(String text) {
    List<Sharing.Share> shares = new ArrayList<>();
    boolean checkered = false;
    for (String piece : text.split("(?<=])\\+", -1)) {
      Matcher match = PIECE.matcher(piece);
      if (!match.matches()) {
        throw new IllegalArgumentException(
            "A piece is written like device[2:0-7], not \"%s\".".formatted(piece));
      }
      String places = match.group(2);
      checkered |= places.startsWith(CHECKERED);
      shares.add(new Sharing.Share(node(match.group(1)), piece(places)));
    }
    return checkered ? Sharing.checkered(shares) : new Sharing(shares);
  }

  private static Piece piece(String text) {
    Piece.Kind kind = Piece.Kind.PART;
    for (Piece.Kind each : Piece.Kind.values()) {
      kind = text.startsWith(each.mark()) ? each : kind; // every text begins with nothing
    }
    List<Strip> strips = new ArrayList<>();
    for (String strip : text.substring(kind.mark().length()).split("x", -1)) {
      Matcher match = STRIP.matcher(strip);
      if (!match.matches()) {
        throw new IllegalArgumentException(
            "Places of an axis are written like 2:0-7, not \"%s\".".formatted(strip));
      }
      Span span = new Span(Long.parseLong(match.group(2)), Long.parseLong(match.group(3)) + 1);
      strips.add(new Strip(Integer.parseInt(match.group(1)), span));
    }
    return new Piece(strips, kind == Piece.Kind.CHECKERED ? Piece.Kind.PART : kind);
  }

  private static LayerSet layers(String text) {
    BitSet layers = new BitSet();
    for (String range : text.split(",", -1)) {
      if (!range.matches("\\d{1,6}(-\\d{1,6})?")) {
        throw new IllegalArgumentException(
            "Layers are written like 0-12,15, not \"%s\".".formatted(text));
      }
      String[] ends = range.split("-", -1);
      layers.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
    }
    return LayerSet.of(layers);
  }
}
