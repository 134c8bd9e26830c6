"""Transport (运输): journeys to every port, terminal and airport, bookings, and what they weigh in carbon."""
