"""活动记录 activities: one dated record of study, visits, talks, meetings: who took part and what came of it."""
