package io.cleave.testbed.world;

/** Virtual time and the numbers of all timers of a run. */
final class Clock {
  static final int ARRIVAL = 0;
  static final int DEVICE = 1;
  static final int DEVICE_REPORT = 2;
  static final int REPORT_IN = 3;
  static final int DECISION_IN = 4;
  private static final int FIRST_SERVER = 5;

  static final int UP = 0;
  static final int CPU = 1;
  static final int DOWN = 2;
  static final int TICK = 3;
  static final int PROBE = 4;
  static final int ECHO = 5;
  static final int SERVER_REPORT = 6;
  private static final int PER_SERVER = 7;

  static final int WAY = 0;
  static final int HEDGE = 1;
  static final int EXPIRY = 2;
  private static final int PER_FRAME = 3;

  final TimerHeap timers = new TimerHeap();
  private final int firstFrame;
  private double now;

  Clock(int servers) {
    this.firstFrame = FIRST_SERVER + servers * PER_SERVER;
  }

  /** Seconds since the run's start. */
  double now() {
    return now;
  }

  void goTo(double seconds) {
    now = seconds;
  }

  int ofServer(int server, int kind) {
    return FIRST_SERVER + server * PER_SERVER + kind;
  }

  int ofFrame(int slot, int kind) {
    return firstFrame + slot * PER_FRAME + kind;
  }

  boolean isFrame(int timer) {
    return timer >= firstFrame;
  }

  boolean isServer(int timer) {
    return timer >= FIRST_SERVER && timer < firstFrame;
  }

  int slot(int timer) {
    return (timer - firstFrame) / PER_FRAME;
  }

  int server(int timer) {
    return (timer - FIRST_SERVER) / PER_SERVER;
  }

  /** Kind of a server's or frame's timer. */
  int kind(int timer) {
    return isFrame(timer) ? (timer - firstFrame) % PER_FRAME : (timer - FIRST_SERVER) % PER_SERVER;
  }
}
