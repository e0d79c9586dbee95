package io.cleave.testbed.world;

/** Virtual time and the numbers of all timers of a run. */
final class Clock {
  static final int REPORT_IN = 0;
  static final int DECISION_IN = 1;
  static final int GONE_IN = 2;
  private static final int FIRST_SERVER = 3;

  static final int CPU = 0;
  static final int SERVER_REPORT = 1;
  static final int LOSS = 2;
  static final int ACCESS = 3;
  private static final int PER_SERVER = 4;

  static final int ARRIVAL = 0;
  static final int DEVICE = 1;
  static final int DEVICE_REPORT = 2;
  private static final int PER_DEVICE = 3;

  static final int UP = 0;
  static final int DOWN = 1;
  static final int TICK = 2;
  static final int PROBE = 3;
  static final int ECHO = 4;
  private static final int PER_LINK = 5;

  static final int WAY = 0;
  static final int HEDGE = 1;
  static final int EXPIRY = 2;
  static final int ZEROS = 3;
  private static final int PER_FRAME = 4;

  final TimerHeap timers = new TimerHeap();
  private final int firstDevice;
  private final int firstLink;
  private final int firstFrame;
  private double now;

  /**
   * @param links of all devices together
   */
  Clock(int servers, int devices, int links) {
    this.firstDevice = FIRST_SERVER + servers * PER_SERVER;
    this.firstLink = firstDevice + devices * PER_DEVICE;
    this.firstFrame = firstLink + links * PER_LINK;
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

  int ofDevice(int device, int kind) {
    return firstDevice + device * PER_DEVICE + kind;
  }

  int ofLink(int link, int kind) {
    return firstLink + link * PER_LINK + kind;
  }

  int ofFrame(int slot, int kind) {
    return firstFrame + slot * PER_FRAME + kind;
  }

  boolean isServer(int timer) {
    return timer >= FIRST_SERVER && timer < firstDevice;
  }

  boolean isDevice(int timer) {
    return timer >= firstDevice && timer < firstLink;
  }

  boolean isLink(int timer) {
    return timer >= firstLink && timer < firstFrame;
  }

  boolean isFrame(int timer) {
    return timer >= firstFrame;
  }

  /** Which server, device, link or slot a timer is of. */
  int owner(int timer) {
    if (isFrame(timer)) {
      return (timer - firstFrame) / PER_FRAME;
    } else if (isLink(timer)) {
      return (timer - firstLink) / PER_LINK;
    }
    return isDevice(timer)
        ? (timer - firstDevice) / PER_DEVICE
        : (timer - FIRST_SERVER) / PER_SERVER;
  }

  /** What of its owner a timer is for. */
  int kind(int timer) {
    if (isFrame(timer)) {
      return (timer - firstFrame) % PER_FRAME;
    } else if (isLink(timer)) {
      return (timer - firstLink) % PER_LINK;
    }
    return isDevice(timer)
        ? (timer - firstDevice) % PER_DEVICE
        : (timer - FIRST_SERVER) % PER_SERVER;
  }
}
