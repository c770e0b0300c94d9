import type { Rating, RatingsView } from '../../../domain/feedback.js';
import { getJson, postJson } from '../../shared/request.js';

/** What was said of the answers of this conversation. */
export async function loadRatings(): Promise<readonly Rating[]> {
  return (await getJson<RatingsView>('/api/chat/feedback')).ratings;
}

/** Says something of an answer; saying it again replaces it. Gives what is kept. */
export function sendRating(rating: Rating): Promise<Rating> {
  return postJson<Rating>('/api/chat/feedback', rating);
}
