package io.cleave.transport.json;

/** What a message may hold at most. Both ends check: a writer refuses what no reader would take. */
public final class WireLimits {
  /** Bytes of a report's or status's JSON. */
  public static final int REPORT_BYTES = 64 * 1024;

  /** Bytes of a decision's JSON. */
  public static final int DECISION_BYTES = 1024 * 1024;

  /** Objects and arrays within each other, unknown fields included. */
  public static final int DEPTH = 16;

  /** Characters of any text, the unknown fields' included. */
  public static final int CHARS = 16 * 1024;

  /** Characters of what a decision says to people; longer text is cut. */
  public static final int REMARK_CHARS = 1000;

  /** Characters of a model's source, a network's, an input's or a machine's name. */
  public static final int TITLE_CHARS = 256;

  public static final int LINKS = 64;
  public static final int RUNS = 256;
  public static final int RECENT = 256;
  public static final int RATIOS = 64;
  public static final int INPUTS = 64;
  public static final int SERVERS = 64;
  public static final int ENTRIES = 4096;

  /** Stages of one plan. */
  public static final int STAGES = 64;

  /** Stages of all plans of a table, since each takes memory by its highest layer. */
  public static final int TABLE_STAGES = 8192;

  /** Pieces of a stage. */
  public static final int PIECES = 256;

  /** Rounds of a stage, without the last. */
  public static final int ROUNDS = 63;

  /** Axes of a tensor. */
  public static final int AXES = 8;

  /** Rows, columns or neurons of a tensor that is shared. */
  public static final int PLACES = 1_000_000_000;

  /** Exits that one plan asks. */
  public static final int EXITS = 64;

  /** Outputs of a network, of which exits are some. */
  public static final int OUTPUTS = 1000;

  /** Classes that a network tells apart. */
  public static final int CLASSES = 1_000_000;

  /** Counts and versions: beyond it a number is no longer exact in every reader of JSON. */
  public static final long COUNT = (1L << 53) - 1;

  /** Any other number; a duration that is longer is as good as infinite and is left out. */
  public static final double QUANTITY = 1e15;

  /** Seconds of a lease. */
  public static final double LEASE_SECONDS = 1e6;

  static final int DIGITS = 64;
  static final int TOKENS = 200_000;

  private WireLimits() {}
}
