package io.cleave.policies.separable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Gives equal tiles to machines one by one: each to the machine that would be ready with it first,
 * argmin (x + 1) / s of those with room.
 *
 * <p>Source: Zhang, Lin, Zhang, ADCNN, ICPP 2020 (as remembered).
 *
 * <p>Complexity: O(K + D log K) time for D tiles and K machines, O(K) memory.
 *
 * <p>Assumes: each tile takes a machine equally long, so that the result's time, the largest x / s,
 * is the least possible.
 *
 * <p>Differs: of machines that would be ready at the same time the first is taken.
 */
public final class TileAllocation {
  private TileAllocation() {}

  private record Seat(int machine, double ready) {}

  /**
   * How many tiles each machine is given.
   *
   * @param count of tiles, at least 0
   * @param speeds of the machines
   * @param room tiles that each has memory for, at least 0
   * @return as many numbers as machines, in all {@code count}
   * @throws IllegalArgumentException if there is not room for all tiles
   */
  public static List<Integer> of(int count, ObservedSpeeds speeds, List<Integer> room) {
    check(count, speeds, room);
    int[] given = new int[room.size()];
    PriorityQueue<Seat> seats =
        new PriorityQueue<>(
            Comparator.comparingDouble(Seat::ready).thenComparingInt(Seat::machine));
    for (int k = 0; k < given.length; k++) {
      offer(seats, k, given, speeds, room);
    }
    for (int tile = 0; tile < count; tile++) {
      int machine = seats.remove().machine();
      given[machine]++;
      offer(seats, machine, given, speeds, room);
    }
    List<Integer> allocation = new ArrayList<>();
    for (int each : given) {
      allocation.add(each);
    }
    return allocation;
  }

  private static void offer(
      PriorityQueue<Seat> seats,
      int machine,
      int[] given,
      ObservedSpeeds speeds,
      List<Integer> room) {
    if (given[machine] < room.get(machine)) {
      seats.add(new Seat(machine, (given[machine] + 1) / speeds.tiles().get(machine)));
    }
  }

  private static void check(int count, ObservedSpeeds speeds, List<Integer> room) {
    if (room.size() != speeds.tiles().size() || room.stream().anyMatch(each -> each < 0)) {
      throw new IllegalArgumentException(
          "Each of %d machines has room for 0 tiles or more, not %s."
              .formatted(speeds.tiles().size(), room));
    }
    long places = room.stream().mapToLong(Integer::longValue).sum();
    if (count < 0 || count > places) {
      throw new IllegalArgumentException(
          "There is room for 0 to %d tiles, not for %d. Maybe cut the map into fewer tiles."
              .formatted(places, count));
    }
  }
}
